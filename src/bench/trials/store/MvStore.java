import java.nio.file.*;
import java.util.*;
import org.h2.mvstore.*;
import org.h2.mvstore.type.*;

/** com.h2database:h2, its MVStore alone, one commit and one sync a batch. */
final class MvStore implements Candidate {
    private MVStore store;
    private MVMap<String, byte[]> map;

    public void open(Path folder) {
        store = new MVStore.Builder().fileName(folder.resolve("trial.mv").toString()).autoCommitDisabled().autoCommitBufferSize(0).cacheSize(4).open();
        map = store.openMap("all", new MVMap.Builder<String, byte[]>().keyType(StringDataType.INSTANCE).valueType(ByteArrayDataType.INSTANCE));
    }

    public void write(Map<String, byte[]> batch) {
        map.putAll(batch);
        store.commit();
        store.sync();
    }

    public SortedMap<String, byte[]> readAll() {
        SortedMap<String, byte[]> all = new TreeMap<>();
        for (Cursor<String, byte[]> each = map.cursor(null); each.hasNext(); ) {
            all.put(each.next(), each.getValue());
        }
        return all;
    }

    public void close() {
        store.closeImmediately();
    }
}
