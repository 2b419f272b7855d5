package io.dataprism.kernel.store;

import io.dataprism.api.PluginException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assertions;

/**
 * A process that writes batches and says the number of each one that was acknowledged. Batch {@code n} has three changes that belong together: what
 * {@code n} is in each of two tables, and that {@code n} is the last.
 */
final class StoreWriter {
    static final String REFUSED = "refused ";
    private static final String LAST = "last";

    private StoreWriter() {}

    @SuppressWarnings("SystemOut") // how it tells the test what was acknowledged
    public static void main(String[] arguments) {
        int most = Integer.parseInt(arguments[1]);
        int size = Integer.parseInt(arguments[2]);
        try (Store store = Store.open(Path.of(arguments[0]))) {
            for (int n = last(store) + 1; n <= most; n++) {
                store.write(batch(n, size));
                System.out.println(n);
            }
        } catch (PluginException e) {
            System.out.println(REFUSED + e.code());
        }
    }

    /** The command that runs it. */
    static List<String> command(Path folder, int most, int size) {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                StoreWriter.class.getName(),
                folder.toString(),
                String.valueOf(most),
                String.valueOf(size)));
    }

    static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static List<String> rest(BufferedReader output) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
        }
        return lines;
    }

    static Batch batch(int n, int size) {
        return new Batch()
                .put("left", key(n), bytes(n, size))
                .put("right", key(n), bytes(-n, size))
                .put("state", LAST, key(n).getBytes(StandardCharsets.UTF_8));
    }

    private static String key(int n) {
        return String.format("%08d", n);
    }

    private static byte[] bytes(int seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** The number of the last batch in {@code store}, 0 where there is none. */
    static int last(Store store) {
        Optional<byte[]> last = store.read("state", LAST);
        return last.map(bytes -> Integer.parseInt(new String(bytes, StandardCharsets.UTF_8)))
                .orElse(0);
    }

    /** Fails unless exactly the batches up to the last one are in {@code store}, each whole, and that is {@code least} or later. */
    static int requireWhole(Store store, int least, int size, String when) {
        int last = last(store);
        Assertions.assertTrue(last >= least, when + ": " + least + " was acknowledged, " + last + " is there");
        NavigableMap<String, byte[]> left = store.scan("left", "");
        NavigableMap<String, byte[]> right = store.scan("right", "");
        Assertions.assertEquals(last, left.size(), when);
        Assertions.assertEquals(last, right.size(), when);
        for (int n = 1; n <= last; n++) {
            Assertions.assertArrayEquals(bytes(n, size), left.get(key(n)), when);
            Assertions.assertArrayEquals(bytes(-n, size), right.get(key(n)), when);
        }
        return last;
    }
}
