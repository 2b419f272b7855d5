package io.dataprism.kernel.context;

import static io.dataprism.kernel.context.ContextFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.ByteReader;
import io.dataprism.api.ByteWriter;
import io.dataprism.api.Caller;
import io.dataprism.api.Channel;
import io.dataprism.api.Http;
import io.dataprism.api.PermissionDeniedException;
import io.dataprism.api.PluginFiles;
import io.dataprism.api.Storage;
import io.dataprism.api.Subscription;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.testjars.Promptly;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is open under a permission is closed within 100 ms of its being taken back, and the plugin told why. Calls' streams and databases' sessions have theirs beside their own tests. */
class RevokedAtOnceTest {
    @TempDir
    Path root;

    private Path data;
    private ContextFixture node;

    @BeforeEach
    void open() throws Exception {
        data = Files.createDirectory(root.toRealPath().resolve("data"));
        node = new ContextFixture(root.toRealPath());
    }

    @AfterEach
    void close() throws Exception {
        node.context.close();
        node.context.closeFiles();
        node.close();
    }

    /** From the moment at which {@code permission} is taken back until {@code told} fails for that and {@code closed} is true. */
    private long revoking(String permission, Future<?> told, Callable<Boolean> closed) {
        assertFalse(told.isComplete());
        long before = System.nanoTime();
        assertTrue(node.grants.revoke(Caller.plugin(node.id), Permission.parse(permission)));
        PermissionDeniedException why = assertThrows(PermissionDeniedException.class, () -> await(told));
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(closed);
        long took = System.nanoTime() - before;
        assertTrue(why.permission().startsWith(permission.replaceFirst("/\\*\\*$|:\\*$", "")), why.permission());
        return took;
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aFilesWriterIsDiscardedAndItsPluginTold() throws Exception {
        String permission = "file-access:write:" + data + "/**";
        Promptly.within(Promptly.REVOKED, () -> {
            node.may(permission);
            ByteWriter writer = await(node.context.files().create(data + "/new.txt"));
            await(writer.write(Buffer.buffer("begun")));
            assertEquals(1, names(data).size());
            long before = System.nanoTime();
            node.grants.revoke(node.id, permission);
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> names(data).isEmpty());
            long took = System.nanoTime() - before;
            node.may(permission);
            assertThrows(PermissionDeniedException.class, () -> await(writer.write(Buffer.buffer("more"))));
            assertThrows(PermissionDeniedException.class, () -> await(writer.commit()));
            await(writer.discard());
            assertEquals(List.of(), names(data));
            return took;
        });
    }

    @Test
    void aFilesReaderIsClosedAndItsPluginTold() throws Exception {
        String permission = "file-access:read:" + data + "/**";
        Files.write(data.resolve("large.bin"), new byte[200_000]);
        Path descriptors = Path.of("/proc/self/fd");
        Promptly.within(Promptly.REVOKED, () -> {
            node.may(permission);
            ByteReader reader = await(node.context.files().open(data + "/large.bin"));
            assertEquals(65_536, await(reader.next()).orElseThrow().length());
            long before = System.nanoTime();
            node.grants.revoke(node.id, permission);
            if (Files.isDirectory(descriptors)) {
                Awaitility.await()
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> !leadsTo(descriptors, data.resolve("large.bin")));
            }
            assertThrows(PermissionDeniedException.class, () -> await(reader.next()));
            long took = System.nanoTime() - before;
            node.may(permission);
            assertThrows(PermissionDeniedException.class, () -> await(reader.next()), "it stays closed");
            return took;
        });
    }

    private static boolean leadsTo(Path descriptors, Path file) throws IOException {
        try (Stream<Path> all = Files.list(descriptors)) {
            return all.anyMatch(link -> {
                try {
                    return Files.readSymbolicLink(link).equals(file);
                } catch (IOException closedMeanwhile) {
                    return false;
                }
            });
        }
    }

    /** A plugin that keeps its own threads busy keeps nothing open by that. */
    @Test
    void whatIsRevokedIsClosedThoughThePluginsThreadsAreBusy() throws Exception {
        String permission = "file-access:write:" + data + "/**";
        node.may(permission);
        ByteWriter writer = await(node.context.files().create(data + "/new.txt"));
        CountDownLatch enough = new CountDownLatch(1);
        List<Future<Void>> busy = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            busy.add(node.context.blocking(() -> {
                enough.await();
                return null;
            }));
        }
        node.grants.revoke(node.id, permission);
        Awaitility.await().until(() -> names(data).isEmpty());
        enough.countDown();
        for (Future<Void> one : busy) {
            await(one);
        }
        assertThrows(PermissionDeniedException.class, () -> await(writer.commit()));
    }

    @Test
    void whatStandsOnAnotherGrantStaysOpen() throws Exception {
        Files.writeString(data.resolve("a.txt"), "a");
        String all = "file-access:read:" + data + "/**";
        String one = "file-access:read:" + data + "/a.txt";
        node.may(all, one);
        Files.writeString(node.workFolder.resolve("own.txt"), "own");
        ByteReader reader = await(node.context.files().open(data + "/a.txt"));
        ByteReader own = await(node.context.files().open("own.txt"));
        node.grants.revoke(node.id, all);
        assertEquals("a", await(reader.next()).orElseThrow().toString());
        node.grants.revoke(node.id, one);
        assertThrows(PermissionDeniedException.class, () -> await(reader.next()));
        assertEquals("own", await(own.next()).orElseThrow().toString());
        assertEquals(Optional.empty(), await(own.next()));
    }

    @Test
    void aWatchOnFilesEnds() throws Exception {
        String permission = "file-access:read:" + data;
        Promptly.within(Promptly.REVOKED, () -> {
            node.may(permission);
            PluginFiles.Watch watch = await(node.context.files().watch(data.toString(), change -> {}));
            return revoking(permission, watch.ended(), () -> true);
        });
    }

    @Test
    void aWatchOnItsStorageEnds() throws Exception {
        Promptly.within(Promptly.REVOKED, () -> {
            node.may("storage-access");
            Storage.Watch watch = await(node.context.storage().watch("", key -> {}));
            return revoking("storage-access", watch.ended(), () -> true);
        });
    }

    @Test
    void aSubscriptionEnds() throws Exception {
        Promptly.within(Promptly.REVOKED, () -> {
            node.may("event-subscribe:weather.*");
            Subscription subscription = await(node.context.events().subscribe("weather.*", event -> {}));
            return revoking("event-subscribe:weather.*", subscription.ended(), () -> true);
        });
    }

    @Test
    void aPlaceInAChannelEnds() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        Promptly.within(Promptly.REVOKED, () -> {
            // A channel stays when its maker leaves it.
            String name = "talk-" + tries.incrementAndGet();
            node.may("channel:" + name);
            Channel channel = await(node.context.channels().create(name, Set.of()));
            Subscription handler = channel.onMessage(message -> Future.succeededFuture());
            long took = revoking("channel:" + name, handler.ended(), () -> true);
            assertThrows(RuntimeException.class, () -> await(channel.broadcast("more")));
            return took;
        });
    }

    @Test
    void whatEndsAsItWasWantedSaysSo() throws Exception {
        node.may("event-subscribe:weather.*", "storage-access", "channel:talk");
        Subscription subscription = await(node.context.events().subscribe("weather.*", event -> {}));
        await(subscription.cancel());
        await(subscription.ended());
        Storage.Watch stored = await(node.context.storage().watch("", key -> {}));
        await(stored.cancel());
        await(stored.ended());
        PluginFiles.Watch files = await(node.context.files().watch("", change -> {}));
        await(files.cancel());
        await(files.ended());
        Channel channel = await(node.context.channels().create("talk", Set.of()));
        Subscription one = channel.onMessage(message -> Future.succeededFuture());
        Subscription other = channel.onMessage(message -> Future.succeededFuture());
        Future<Void> left = other.ended();
        await(one.cancel());
        await(one.ended());
        assertFalse(left.isComplete());
        await(channel.leave());
        await(left);
    }

    @Test
    void aRequestFailsAndItsConnectionIsClosed() throws Exception {
        NetServer silent = node.vertx.createNetServer();
        try {
            List<Future<Void>> closed = new ArrayList<>();
            Promise<?>[] came = {Promise.promise()};
            silent.connectHandler(socket -> {
                Promise<Void> gone = Promise.promise();
                socket.closeHandler(over -> gone.complete());
                synchronized (closed) {
                    closed.add(gone.future());
                }
                socket.handler(asked -> came[0].tryComplete());
            });
            int port = await(silent.listen(0, "127.0.0.1")).actualPort();
            String permission = "network-access:http://127.0.0.1:" + port;
            Promptly.within(Promptly.REVOKED, () -> {
                came[0] = Promise.promise();
                node.may(permission);
                Future<Http.Reply> reply = node.context.http().get("http://127.0.0.1:" + port + "/");
                await(came[0].future());
                return revoking(permission, reply, () -> {
                    synchronized (closed) {
                        return closed.stream().allMatch(Future::isComplete);
                    }
                });
            });
        } finally {
            await(silent.close());
        }
    }
}
