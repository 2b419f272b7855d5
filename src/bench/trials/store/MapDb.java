import java.nio.file.*;
import java.util.*;
import java.util.concurrent.ConcurrentNavigableMap;
import org.mapdb.*;

/** org.mapdb:mapdb, transactions on, which is its write-ahead log. */
final class MapDb implements Candidate {
    private DB db;
    private ConcurrentNavigableMap<String, byte[]> map;

    public void open(Path folder) {
        db = DBMaker.fileDB(folder.resolve("trial.mapdb").toFile()).transactionEnable().checksumHeaderBypass().make();
        map = db.treeMap("all", Serializer.STRING, Serializer.BYTE_ARRAY).createOrOpen();
    }

    public void write(Map<String, byte[]> batch) {
        map.putAll(batch);
        db.commit();
    }

    public SortedMap<String, byte[]> readAll() {
        return new TreeMap<>(map);
    }

    public void close() {
        db.close();
    }
}
