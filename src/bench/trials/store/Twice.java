import io.dataprism.kernel.store.Batch;
import io.dataprism.kernel.store.Store;
import java.nio.file.*;
import java.util.*;

/** The kernel's own store: MVStore twice, with checksums. */
final class Twice implements Candidate {
    private Store store;

    public void open(Path folder) {
        store = Store.open(folder);
    }

    public void write(Map<String, byte[]> batch) {
        Batch all = new Batch();
        batch.forEach((name, bytes) -> all.put("trial", name, bytes));
        store.write(all);
    }

    public SortedMap<String, byte[]> readAll() {
        return store.scan("trial", "");
    }

    public void close() {
        store.close();
    }
}
