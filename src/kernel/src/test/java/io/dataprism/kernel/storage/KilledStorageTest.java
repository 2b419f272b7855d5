package io.dataprism.kernel.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginId;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process in which two plugins store is killed at any moment: what was acknowledged is there, and no change is there in part. */
class KilledStorageTest {
    private static final List<PluginId> PLUGINS = List.of(new PluginId("one"), new PluginId("two"));
    private static final StorageLimits LIMITS = new StorageLimits(16 << 20, 100_000);

    @TempDir
    Path folder;

    /** Makes changes of two keys each, many at a time, and says each one that was acknowledged. */
    static final class Writer {
        private static final int AT_ONCE = 8;

        private Writer() {}

        @SuppressWarnings("SystemOut") // how it tells the test what was acknowledged
        public static void main(String[] arguments) throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(2);
            PluginStorages storages = new PluginStorages(Path.of(arguments[0]), threads);
            Map<PluginId, StorageLease> leases = new HashMap<>();
            PLUGINS.forEach(plugin -> leases.put(plugin, storages.lend(plugin, "1", LIMITS)));
            Semaphore free = new Semaphore(AT_ONCE);
            for (int n = 1; n < 1_000_000; n++) {
                for (PluginId plugin : PLUGINS) {
                    free.acquire();
                    int number = n;
                    leases.get(plugin).change(change(n), () -> {}).onComplete(done -> {
                        if (done.succeeded() && done.result()) {
                            System.out.println(plugin + " " + number);
                        }
                        free.release();
                    });
                }
            }
        }
    }

    /** What {@code n} is under two keys; and that {@code n - 1} was the last one before is expected. */
    private static StorageChange change(int n) {
        return new StorageChange(
                Map.of("last", n == 1 ? Optional.empty() : Optional.of(bytes(n - 1))),
                Map.of(
                        "last",
                        Optional.of(bytes(n)),
                        "left-" + n,
                        Optional.of(bytes(n)),
                        "right-" + n,
                        Optional.of(bytes(-n))));
    }

    private static byte[] bytes(int n) {
        return ByteBuffer.allocate(100).putInt(n).array();
    }

    private static int number(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getInt();
    }

    /** More with {@code -Ddataprism.test.kills=…}. */
    @Test
    void keepsWhatItAcknowledgedBeforeItWasKilled() throws Exception {
        int kills = Integer.getInteger("dataprism.test.kills", 3);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int kill = 0; kill < kills; kill++) {
            String when = "kill " + kill + " with seed " + seed;
            Path data = folder.resolve("kill-" + kill);
            Map<String, Integer> acknowledged = kill(data, 20 + random.nextInt(300), random.nextInt(3_000));
            try (PluginStorages storages = new PluginStorages(data, Runnable::run)) {
                for (PluginId plugin : PLUGINS) {
                    Map<String, byte[]> all = storages.lend(plugin, "1", LIMITS)
                            .<Map<String, byte[]>>read(StoredContents::all)
                            .result();
                    requireWhole(all, acknowledged.getOrDefault(plugin.value(), 0), plugin + " at " + when);
                }
            }
        }
    }

    private static void requireWhole(Map<String, byte[]> all, int acknowledged, String when) {
        int last = Optional.ofNullable(all.get("last"))
                .map(KilledStorageTest::number)
                .orElse(0);
        assertTrue(last >= acknowledged, when + ": " + acknowledged + " was acknowledged, " + last + " is there");
        assertEquals(last == 0 ? 0 : 2 * last + 1, all.size(), when);
        for (int n = 1; n <= last; n++) {
            assertEquals(n, number(all.get("left-" + n)), when);
            assertEquals(-n, number(all.get("right-" + n)), when);
        }
    }

    /** Kill a writer some microseconds after it said so many lines; what it acknowledged last of each. */
    private static Map<String, Integer> kill(Path data, int after, int microseconds) throws Exception {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Writer.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Map<String, Integer> last = new HashMap<>();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
            for (int lines = 0; lines < after; lines++) {
                String line = output.readLine();
                assertNotNull(line, "the writer ended by itself");
                note(line, last);
            }
            assertTrue(!writer.waitFor(microseconds, TimeUnit.MICROSECONDS), "the writer ended by itself");
            // Not through the process, which would close what it has said and was not read yet.
            assertTrue(writer.toHandle().destroyForcibly());
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                note(line, last);
            }
            return last;
        } finally {
            writer.destroyForcibly();
            assertTrue(writer.waitFor(20, TimeUnit.SECONDS));
        }
    }

    private static void note(String line, Map<String, Integer> last) {
        String[] words = line.split(" ", -1);
        last.put(words[0], Integer.parseInt(words[1]));
    }
}
