package io.dataprism.kernel.context;

import static io.dataprism.kernel.context.ContextFixture.MOST_WRITTEN;
import static io.dataprism.kernel.context.ContextFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.ByteWriter;
import io.dataprism.api.PluginException;
import io.dataprism.api.PluginFiles;
import io.dataprism.api.PluginId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever puts many files in the place of one gets its bytes back once. */
class WriteQuotaRaceTest {
    private static final int THREADS = 4;
    private static final int LARGE = 20_000;

    @TempDir
    Path root;

    private static long onDisk(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    /** So much is left as the disk says, and not a byte more. */
    private static void assertUsed(long used, WriteQuota quota) {
        WriteQuota.Share rest = quota.share("rest");
        rest.take(MOST_WRITTEN - used);
        assertThrows(PluginException.class, () -> rest.take(1));
        rest.giveUp();
    }

    private static void write(Path place, int bytes, WriteQuota quota) throws IOException {
        try (NewFile file = new NewFile(place, quota)) {
            file.write(new byte[bytes]);
            file.commit();
        }
    }

    @Test
    void filesThatAreCommittedAtOnceGiveBackWhatWasThereOnce() throws Exception {
        Path folder = root.toRealPath();
        WriteQuota quota = new WriteQuota(new PluginId("p"), MOST_WRITTEN);
        // More than all of the threads could wrongly give back.
        write(folder.resolve("rest"), 2 * THREADS * LARGE, quota);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (int round = 0; round < 50; round++) {
                write(folder.resolve("one"), LARGE, quota);
                CyclicBarrier together = new CyclicBarrier(THREADS);
                List<java.util.concurrent.Future<?>> all = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    int bytes = 10 + i;
                    all.add(threads.submit(() -> {
                        try (NewFile file = new NewFile(folder.resolve("one"), quota)) {
                            file.write(new byte[bytes]);
                            together.await(10, TimeUnit.SECONDS);
                            file.commit();
                        }
                        return null;
                    }));
                }
                for (java.util.concurrent.Future<?> each : all) {
                    each.get(10, TimeUnit.SECONDS);
                }
                assertUsed(onDisk(folder), quota);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** What it may still write is what the disk leaves of its share: found by writing it. */
    private static void assertLeft(PluginFiles files, Path work) throws Exception {
        int left = (int) (MOST_WRITTEN - onDisk(work));
        assertEquals(
                "DP-0960",
                assertThrows(PluginException.class, () -> await(files.write("left", Buffer.buffer(new byte[left + 1]))))
                        .code());
        await(files.write("left", Buffer.buffer(new byte[left])));
        assertTrue(await(files.delete("left")));
    }

    @Test
    void filesThatAreReplacedAndDeletedAtOnceGiveBackWhatWasThereOnce() throws Exception {
        try (ContextFixture node = new ContextFixture(root.toRealPath())) {
            PluginFiles files = node.context.files();
            await(files.write("rest", Buffer.buffer(new byte[2 * THREADS * LARGE])));
            for (int round = 0; round < 20; round++) {
                await(files.write("one", Buffer.buffer(new byte[LARGE])));
                List<Future<?>> all = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    all.add(files.write("one", Buffer.buffer(new byte[10 + i])));
                    all.add(files.delete("one"));
                }
                // Some may find it gone while they look at it, and are refused.
                await(Future.join(all).otherwiseEmpty());
                assertLeft(files, node.workFolder);
            }
        }
    }

    /** A file that is being written has a name that the plugin can see. */
    @Test
    void whatIsBeingWrittenIsGivenBackOnceWhoeverDeletesOrReplacesIt() throws Exception {
        try (ContextFixture node = new ContextFixture(root.toRealPath())) {
            PluginFiles files = node.context.files();
            await(files.write("rest", Buffer.buffer(new byte[2 * LARGE])));
            ByteWriter deleted = await(files.create("one"));
            await(deleted.write(Buffer.buffer(new byte[LARGE])));
            String part = await(files.list("")).stream()
                    .map(PluginFiles.Entry::name)
                    .filter(name -> name.endsWith(".part"))
                    .findFirst()
                    .orElseThrow();
            assertTrue(await(files.delete(part)));
            await(deleted.discard());
            assertLeft(files, node.workFolder);
        }
    }
}
