import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;

/** An embedded store, as the trial uses it. */
interface Candidate extends AutoCloseable {
    void open(Path folder) throws Exception;

    /** All of it together, and on the disk when this returns. */
    void write(Map<String, byte[]> batch) throws Exception;

    SortedMap<String, byte[]> readAll() throws Exception;

    static Candidate of(String name) throws Exception {
        return (Candidate) Class.forName(name).getDeclaredConstructor().newInstance();
    }
}
