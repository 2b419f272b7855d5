import java.nio.file.*;
import java.util.*;
import jetbrains.exodus.*;
import jetbrains.exodus.bindings.StringBinding;
import jetbrains.exodus.env.*;

/** org.jetbrains.xodus:xodus-environment, durable writes. */
final class Xodus implements Candidate {
    private Environment environment;

    public void open(Path folder) {
        environment = Environments.newInstance(folder.toFile(), new EnvironmentConfig().setLogDurableWrite(true));
    }

    public void write(Map<String, byte[]> batch) {
        environment.executeInTransaction(transaction -> {
            Store store = environment.openStore("all", StoreConfig.WITHOUT_DUPLICATES, transaction);
            batch.forEach((name, bytes) -> store.put(transaction, StringBinding.stringToEntry(name), new ArrayByteIterable(bytes)));
        });
    }

    public SortedMap<String, byte[]> readAll() {
        return environment.computeInTransaction(transaction -> {
            SortedMap<String, byte[]> all = new TreeMap<>();
            Store store = environment.openStore("all", StoreConfig.WITHOUT_DUPLICATES, transaction);
            try (Cursor each = store.openCursor(transaction)) {
                while (each.getNext()) {
                    ByteIterable value = each.getValue();
                    all.put(StringBinding.entryToString(each.getKey()), Arrays.copyOf(value.getBytesUnsafe(), value.getLength()));
                }
            }
            return all;
        });
    }

    public void close() {
        environment.close();
    }
}
