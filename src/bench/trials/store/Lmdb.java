import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.file.*;
import java.util.*;
import org.lmdbjava.*;

/** org.lmdbjava:lmdbjava, synchronous. */
final class Lmdb implements Candidate {
    private Env<ByteBuffer> env;
    private Dbi<ByteBuffer> all;

    public void open(Path folder) {
        env = Env.create().setMapSize(256L << 20).setMaxDbs(1).open(folder.toFile());
        all = env.openDbi("all", DbiFlags.MDB_CREATE);
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    public void write(Map<String, byte[]> batch) {
        try (Txn<ByteBuffer> transaction = env.txnWrite()) {
            batch.forEach((name, bytes) -> all.put(transaction, direct(name.getBytes(UTF_8)), direct(bytes)));
            transaction.commit();
        }
    }

    public SortedMap<String, byte[]> readAll() {
        SortedMap<String, byte[]> found = new TreeMap<>();
        try (Txn<ByteBuffer> transaction = env.txnRead();
                CursorIterable<ByteBuffer> each = all.iterate(transaction)) {
            each.forEach(entry -> found.put(new String(bytes(entry.key()), UTF_8), bytes(entry.val())));
        }
        return found;
    }

    public void close() {
        env.close();
    }
}
