import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import org.rocksdb.*;

/** org.rocksdb:rocksdbjni, sync writes, paranoid checks. */
final class Rocks implements Candidate {
    private RocksDB db;
    private WriteOptions durable;

    public void open(Path folder) throws Exception {
        RocksDB.loadLibrary();
        durable = new WriteOptions().setSync(true);
        db = RocksDB.open(new Options().setCreateIfMissing(true).setParanoidChecks(true), folder.toString());
    }

    public void write(Map<String, byte[]> batch) throws Exception {
        try (WriteBatch all = new WriteBatch()) {
            for (Map.Entry<String, byte[]> entry : batch.entrySet()) {
                all.put(entry.getKey().getBytes(StandardCharsets.UTF_8), entry.getValue());
            }
            db.write(durable, all);
        }
    }

    public SortedMap<String, byte[]> readAll() throws Exception {
        SortedMap<String, byte[]> all = new TreeMap<>();
        try (RocksIterator each = db.newIterator(new ReadOptions().setVerifyChecksums(true))) {
            for (each.seekToFirst(); each.isValid(); each.next()) {
                all.put(new String(each.key(), StandardCharsets.UTF_8), each.value());
            }
            each.status();
        }
        return all;
    }

    public void close() {
        db.close();
    }
}
