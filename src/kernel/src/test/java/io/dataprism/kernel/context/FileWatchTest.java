package io.dataprism.kernel.context;

import static io.dataprism.kernel.context.ContextFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PermissionDeniedException;
import io.dataprism.api.PluginException;
import io.dataprism.api.PluginFiles;
import io.dataprism.api.PluginFiles.Change;
import io.dataprism.api.PluginFiles.Change.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin is told what becomes of files, and of none that it may not see. */
class FileWatchTest {
    @TempDir
    Path root;

    private final BlockingQueue<Change> told = new LinkedBlockingQueue<>();
    private Path data;
    private ContextFixture node;
    private GrantedFiles files;

    @BeforeEach
    void open() throws Exception {
        data = Files.createDirectory(root.toRealPath().resolve("data"));
        node = new ContextFixture(root.toRealPath());
        files = new GrantedFiles(
                node.runtime,
                new BlockingWork(node.runtime),
                new WriteQuota(node.id, ContextFixture.MOST_WRITTEN),
                Duration.ofMillis(5));
    }

    @AfterEach
    void close() throws Exception {
        files.close();
        node.close();
    }

    private PluginFiles.Watch watch(String path) throws Exception {
        return await(files.watch(path, told::add));
    }

    private Change next() throws InterruptedException {
        return told.poll(20, TimeUnit.SECONDS);
    }

    @Test
    void tellsWhatIsMadeChangedAndDeletedInAFolder() throws Exception {
        node.may("file-access:read:" + data);
        Files.writeString(data.resolve("before"), "x");
        watch(data.toString());
        Files.writeString(data.resolve("a"), "");
        assertEquals(new Change("a", Kind.CREATED), next());
        Files.createDirectory(data.resolve("folder"));
        assertEquals(new Change("folder", Kind.CREATED), next());
        put("before", "longer");
        assertEquals(new Change("before", Kind.CHANGED), next());
        Files.delete(data.resolve("a"));
        assertEquals(new Change("a", Kind.DELETED), next());
        assertNull(told.poll());
    }

    /** All at once, so that it is seen once. */
    private void put(String name, String text) throws Exception {
        Path part = Files.writeString(root.resolve("part"), text);
        Files.move(part, data.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void tellsOfOneFileWhichNeedNotExist() throws Exception {
        Path file = node.workFolder.resolve("state.json");
        PluginFiles.Watch watch = watch("state.json");
        Files.move(Files.writeString(root.resolve("part"), "{}"), file);
        assertEquals(new Change("state.json", Kind.CREATED), next());
        Files.move(Files.writeString(root.resolve("part"), "{\"a\": 1}"), file, StandardCopyOption.REPLACE_EXISTING);
        assertEquals(new Change("state.json", Kind.CHANGED), next());
        Files.delete(file);
        assertEquals(new Change("state.json", Kind.DELETED), next());
        await(watch.cancel());
        await(watch.ended());
    }

    @Test
    void nothingIsToldOfWhereALinkLeadsThatIsPutThereLater() throws Exception {
        Path seen = Files.createDirectories(data.resolve("seen"));
        Path secret = Files.createDirectory(root.toRealPath().resolve("secret"));
        node.may("file-access:read:" + seen);
        PluginFiles.Watch watch = watch(seen.toString());
        Files.move(seen, data.resolve("moved"));
        Files.createSymbolicLink(seen, secret);
        Files.writeString(secret.resolve("password"), "x");
        PermissionDeniedException refused = assertThrows(PermissionDeniedException.class, () -> await(watch.ended()));
        assertEquals("file-access:read:" + secret, refused.permission());
        assertNull(told.poll());
    }

    @Test
    void aPlaceThatMayNotBeSeenIsNotWatched() {
        assertThrows(PermissionDeniedException.class, () -> watch(data.toString()));
    }

    /** While a change is being taken, nothing more is looked for: what waits is never more than one look can find. */
    @Test
    void whoDoesNotTakeWhatItIsToldIsNotToldMore() throws Exception {
        CountDownLatch enough = new CountDownLatch(1);
        Set<String> names = new HashSet<>();
        await(files.watch("", change -> {
            try {
                enough.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            names.add(change.name());
            told.add(change);
        }));
        Files.writeString(node.workFolder.resolve("first"), "");
        Awaitility.await().until(() -> node.deployment.mailbox().runningOn().isPresent());
        for (int i = 0; i < 50; i++) {
            Path churned = node.workFolder.resolve("churned");
            Files.writeString(churned, "x".repeat(i));
            Files.delete(churned);
        }
        Files.writeString(node.workFolder.resolve("last"), "");
        enough.countDown();
        Change next = next();
        while (next != null && !next.name().equals("last")) {
            next = next();
        }
        assertTrue(next != null, "the last one was told");
    }

    @Test
    void watchesAreBoundedAndOnTheAccountAndEndWithThePlugin() throws Exception {
        long free = node.runtime.memory().used();
        List<PluginFiles.Watch> watches = new ArrayList<>();
        Files.writeString(node.workFolder.resolve("one"), "");
        for (int i = 0; i < 16; i++) {
            watches.add(watch(""));
        }
        assertTrue(node.runtime.memory().used() >= free + 16 * 200);
        assertEquals(
                "DP-0199", assertThrows(PluginException.class, () -> watch("")).code());
        await(watches.get(0).cancel());
        PluginFiles.Watch last = watch("");
        files.close();
        assertEquals(
                "DP-0191",
                assertThrows(PluginException.class, () -> await(last.ended())).code());
        assertEquals(free, node.runtime.memory().used());
        assertEquals(
                "DP-0191", assertThrows(PluginException.class, () -> watch("")).code());
    }
}
