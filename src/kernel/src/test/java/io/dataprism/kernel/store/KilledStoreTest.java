package io.dataprism.kernel.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that writes is killed, or finds the disk full, at any moment: what it acknowledged is there, and no batch is there in part. */
class KilledStoreTest {
    private static final int BATCHES = 200;
    private static final int SIZE = 150;

    @TempDir
    Path folder;

    /** More with {@code -Ddataprism.test.kills=…}. */
    @Test
    void keepsWhatItAcknowledgedBeforeItWasKilled() throws Exception {
        int kills = Integer.getInteger("dataprism.test.kills", 6);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int inTheMiddle = 0;
        for (int kill = 0; kill < kills; kill++) {
            String when = "kill " + kill + " with seed " + seed;
            Path data = folder.resolve("store-" + kill);
            int acknowledged = kill(data, 1 + random.nextInt(BATCHES - 20), random.nextInt(3_000));
            assertTrue(acknowledged < BATCHES, when + ": it was done before");
            try (Store store = Store.open(data)) {
                int last = StoreWriter.requireWhole(store, acknowledged, SIZE, when);
                assertTrue(
                        last <= acknowledged + 1,
                        when + ": " + last + " is there, " + acknowledged + " was acknowledged");
                inTheMiddle += last - acknowledged;
                store.write(StoreWriter.batch(last + 1, SIZE));
                StoreWriter.requireWhole(store, last + 1, SIZE, when);
            }
            try (Store store = Store.open(data)) {
                assertEquals(List.of(), store.verify(), when);
            }
        }
        assertTrue(inTheMiddle <= kills);
    }

    /** Kill a writer some microseconds after it acknowledged {@code after}; what it acknowledged last. */
    private static int kill(Path data, int after, int microseconds) throws Exception {
        Process writer = new ProcessBuilder(StoreWriter.command(data, BATCHES, SIZE))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = StoreWriter.output(writer)) {
            String line = "";
            while (!line.equals(String.valueOf(after))) {
                line = output.readLine();
                assertNotNull(line, "the writer ended by itself");
            }
            assertTrue(!writer.waitFor(microseconds, TimeUnit.MICROSECONDS), "the writer ended by itself");
            // Not through the process, which would close what it has said and was not read yet.
            assertTrue(writer.toHandle().destroyForcibly());
            List<String> rest = StoreWriter.rest(output);
            return rest.isEmpty() ? after : Integer.parseInt(rest.get(rest.size() - 1));
        } finally {
            writer.destroyForcibly();
            assertTrue(writer.waitFor(20, TimeUnit.SECONDS));
        }
    }

    /** A file may not grow beyond a limit, which a process meets at the same places as a full disk. */
    @Test
    void keepsWhatItAcknowledgedBeforeThereWasNoMoreRoom() throws Exception {
        Path shell = Path.of("/bin/sh");
        assumeTrue(Files.isExecutable(shell), "limits are set by a shell");
        List<String> command = StoreWriter.command(folder, 10_000, 2_000);
        command.addAll(0, List.of(shell.toString(), "-c", "ulimit -f 1000 && exec \"$@\"", "sh"));
        Process writer = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines;
        try (BufferedReader output = StoreWriter.output(writer)) {
            lines = StoreWriter.rest(output);
        }
        assertTrue(writer.waitFor(20, TimeUnit.SECONDS));
        assertTrue(lines.size() > 10, lines.toString());
        assertEquals(StoreWriter.REFUSED + "DP-0841", lines.get(lines.size() - 1));
        int acknowledged = Integer.parseInt(lines.get(lines.size() - 2));
        try (Store store = Store.open(folder)) {
            assertEquals(acknowledged, StoreWriter.requireWhole(store, acknowledged, 2_000, "no room"));
            store.write(StoreWriter.batch(acknowledged + 1, 2_000));
            StoreWriter.requireWhole(store, acknowledged + 1, 2_000, "room again");
        }
    }
}
