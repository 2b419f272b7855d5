package io.dataprism.kernel.context;

import static io.dataprism.kernel.context.ContextFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.ByteWriter;
import io.dataprism.api.CallException;
import io.dataprism.api.Capabilities;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PermissionDeniedException;
import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.api.StreamReply;
import io.dataprism.api.StreamSource;
import io.dataprism.api.TableBatch;
import io.dataprism.api.TableHandle;
import io.dataprism.api.TableReader;
import io.dataprism.api.Tasks;
import io.dataprism.api.Timers;
import io.dataprism.kernel.messaging.PluginEndpoint;
import io.dataprism.kernel.vertx.PluginDeployment;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelPluginContextTest {
    @TempDir
    Path root;

    private Path folder;

    private ContextFixture node;

    @BeforeEach
    void open() throws Exception {
        node = new ContextFixture(root);
        folder = node.workFolder;
    }

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    @Test
    void tellsWhoThePluginIsAndGivesACopyOfItsConfig() {
        assertEquals("p", node.context.id().value());
        assertEquals("1.2.3", node.context.version());
        assertEquals("n1", node.context.node());
        assertEquals(folder, node.context.workFolder());
        node.context.config().getJsonObject("deep").put("x", 2);
        assertEquals(1, node.context.config().getJsonObject("deep").getInteger("x"));
        node.context.configure(new JsonObject().put("y", 3));
        assertEquals(3, node.context.config().getInteger("y"));
        assertEquals(10, node.context.memory().allocate(10));
    }

    @Test
    void aPluginTakesNothingOffItsAccountThatTheKernelHoldsForIt() throws Exception {
        await(node.context.cache().put("key", Buffer.buffer("value"), Duration.ofMinutes(1)));
        long held = node.context.memory().used();
        assertTrue(held > 0);
        node.context.memory().allocate(100);
        node.context.memory().deallocate(Long.MAX_VALUE);
        assertEquals(held, node.context.memory().used());
        assertEquals(
                "DP-0603",
                assertThrows(PluginException.class, () -> node.context.memory().deallocate(-1))
                        .code());
        node.context.cache().clear();
        assertEquals(0, node.context.memory().used());
    }

    @Test
    void promisesBlockingWorkAndExecuteEndInSlices() throws Exception {
        Promise<String> promise = node.context.promise();
        Future<Boolean> inSlice =
                promise.future().map(done -> node.deployment.mailbox().inSlice());
        promise.complete("x");
        assertEquals(true, await(inSlice));
        assertEquals(
                true,
                await(node.context
                        .blocking(() -> !node.deployment.mailbox().inSlice())
                        .map(outside -> outside && node.deployment.mailbox().inSlice())));
        assertThrows(
                IllegalStateException.class,
                () -> await(node.context.blocking(() -> {
                    throw new IllegalStateException("broken");
                })));
        Promise<Boolean> executed = Promise.promise();
        node.context.execute(() -> executed.complete(node.deployment.mailbox().inSlice()));
        assertEquals(true, await(executed.future()));
    }

    @Test
    void timersFireInSlicesAndCanBeCancelled() throws Exception {
        Promise<Boolean> once = Promise.promise();
        Timers.Timer fired = node.context
                .timers()
                .after(
                        Duration.ofMillis(1),
                        () -> once.complete(node.deployment.mailbox().inSlice()));
        assertEquals(true, await(once.future()));
        assertFalse(fired.cancel());
        CountDownLatch three = new CountDownLatch(3);
        Timers.Timer often = node.context.timers().every(Duration.ofMillis(1), three::countDown);
        assertTrue(three.await(20, TimeUnit.SECONDS));
        assertTrue(often.cancel());
        Timers.Timer never = node.context.timers().after(Duration.ofHours(1), () -> {});
        assertTrue(never.cancel());
        assertFalse(never.cancel());
    }

    @Test
    void aTurnOfATimerThatIsDueWhileTheLastOneWaitsIsLeftOut() throws Exception {
        AtomicInteger turns = new AtomicInteger();
        CountDownLatch release = new CountDownLatch(1);
        node.context.timers().every(Duration.ofMillis(1), turns::incrementAndGet);
        node.deployment.mailbox().offer(() -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Promise<Void> later = Promise.promise();
        node.vertx.setTimer(50, id -> later.complete());
        await(later.future());
        assertTrue(
                node.deployment.mailbox().waiting() <= 2,
                "waiting: " + node.deployment.mailbox().waiting());
        release.countDown();
    }

    @Test
    void aTaskIsListedWatchedAndCancelledByTheOperator() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Tasks.Task<String> task = node.context.tasks().start("import", control -> {
            control.progress(0.5, "half\nway");
            begun.countDown();
            Promise<String> result = node.context.promise();
            control.cancelled().onSuccess(cancelled -> result.complete("stopped early"));
            return result.future();
        });
        assertTrue(begun.await(20, TimeUnit.SECONDS));
        TaskBoard.Entry entry = node.board.list().get(0);
        assertEquals("import", entry.name());
        assertEquals(0.5, entry.progress());
        assertEquals("half\uFFFDway", entry.note());
        assertEquals(1, node.context.tasks().running().size());
        assertFalse(node.board.cancel("task-none"));
        assertTrue(node.board.cancel(task.id()));
        assertEquals("stopped early", await(task.result()));
        assertTrue(node.board.list().isEmpty());
        Tasks.Task<Object> failing = node.context.tasks().start("bad", control -> {
            throw new IllegalStateException("no");
        });
        assertThrows(IllegalStateException.class, () -> await(failing.result()));
    }

    @Test
    void aTaskEndsWithItsPlugin() throws Exception {
        Tasks.Task<Object> task =
                node.context.tasks().start("long", control -> Promise.promise().future());
        node.context.close();
        CallException ended = assertThrows(CallException.class, () -> await(task.result()));
        assertEquals(FailureKind.CANCELLED, ended.kind());
        assertTrue(node.board.list().isEmpty());
    }

    @Test
    void aTaskThatIsStartedAfterTheEndIsNotKept() throws Exception {
        Tasks kept = node.context.tasks();
        node.context.close();
        await(node.deployment.undeploy());
        Tasks.Task<Object> task =
                kept.start("late", control -> Promise.promise().future());
        Awaitility.await().until(() -> task.result().failed());
        assertTrue(kept.running().isEmpty());
        assertTrue(node.board.list().isEmpty());
    }

    @Test
    void permissionsAreAskedOfTheGate() throws Exception {
        node.may("storage-access");
        assertTrue(node.context.permissions().check("storage-access"));
        assertFalse(node.context.permissions().check("camera-access"));
        assertThrows(
                PermissionDeniedException.class,
                () -> node.context.permissions().require("camera-access"));
        assertEquals(false, await(node.context.permissions().request("camera-access")));
        assertThrows(PluginException.class, () -> node.context.permissions().check("nonsense"));
    }

    @Test
    void whatThisNodeDoesNotOfferIsSaidAtOnce() {
        PluginException routes = assertThrows(PluginException.class, () -> node.context.routes());
        assertEquals("DP-0190", routes.code());
        assertEquals(
                "Plugin 'p' asked for http routes, which node 'n1' does not offer. Offer a capability until it does: the"
                        + " bridge reaches it.",
                routes.getMessage());
    }

    @Test
    void theEndTakesCacheMetricsAndOpenFiles() throws Exception {
        await(node.context.cache().put("k", Buffer.buffer("v"), Duration.ofMinutes(1)));
        node.context.metrics().counter("rows").add(1);
        ByteWriter unfinished = await(node.context.files().create("part"));
        await(unfinished.write(Buffer.buffer("x")));
        assertTrue(node.runtime.memory().used() > 0);
        node.context.close();
        node.context.closeFiles();
        assertEquals(0, node.runtime.memory().used());
        assertTrue(node.metrics.samples().isEmpty());
        try (var left = Files.list(folder)) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void afterCloseEveryUseFailsAndTimersAreGone() throws Exception {
        AtomicBoolean fired = new AtomicBoolean();
        Timers timers = node.context.timers();
        timers.after(Duration.ofMillis(20), () -> fired.set(true));
        node.context.close();
        timers.after(Duration.ofMillis(1), () -> fired.set(true));
        assertEquals(
                "DP-0191",
                assertThrows(PluginException.class, () -> node.context.events()).code());
        assertEquals(
                "DP-0191",
                assertThrows(PluginException.class, () -> node.context.promise())
                        .code());
        Promise<Void> later = Promise.promise();
        node.vertx.setTimer(60, id -> later.complete());
        await(later.future());
        assertFalse(fired.get());
    }

    @Test
    void tablesAreCallsToWhoeverProvidesThem() throws Exception {
        node.may("call:tables:table-*");
        TableHandle handle = new TableHandle("n1", "p", "t1", Instant.now());
        AtomicInteger batches = new AtomicInteger(2);
        AtomicBoolean closed = new AtomicBoolean();
        TableBatch batch = new TableBatch.Builder(1)
                .doubles("x", new BitSet(), new double[] {1.5})
                .build();
        Capabilities provided = Capabilities.of("table-create", call -> Future.succeededFuture(handle))
                .and(
                        "table-describe",
                        call -> Future.succeededFuture(
                                new JsonObject().put("columns", new JsonArray()).put("rows", 7)))
                .and(
                        "table-read",
                        call -> Future.succeededFuture(StreamReply.of(new StreamSource<TableBatch>() {
                                    @Override
                                    public Future<Optional<TableBatch>> next() {
                                        return Future.succeededFuture(
                                                batches.getAndDecrement() > 0 ? Optional.of(batch) : Optional.empty());
                                    }

                                    @Override
                                    public Future<Void> close() {
                                        closed.set(true);
                                        return Future.succeededFuture();
                                    }
                                })
                                .headed(new JsonObject()
                                        .put("columns", new JsonArray())
                                        .put("rows", 2))));
        PluginDeployment tables =
                await(node.deployer.deploy(new PluginId("tables"), new VerticleBase() {}, new DeploymentOptions()));
        PluginEndpoint endpoint = node.messaging.open(new PluginId("tables"), tables, provided.names());
        endpoint.serve(provided);
        TableHandle made = node.run(() -> node.context.tables().query("select 1", java.util.Map.of()));
        assertEquals("t1", made.id());
        assertEquals(7, node.run(() -> node.context.tables().describe(made)).rows());
        TableReader reader = node.run(() -> node.context.tables().read(made, 100));
        assertEquals(1.5, node.run(reader::next).orElseThrow().columns().get(0).getDouble(0));
        assertTrue(node.run(reader::next).isPresent());
        assertTrue(node.run(reader::next).isEmpty());
        assertTrue(node.run(reader::next).isEmpty());
        assertTrue(closed.get());
        assertEquals(Set.of(), node.vertx.deploymentIDs().isEmpty() ? Set.of("none") : Set.of());
    }

    @Test
    void whatAPluginQueuesForItselfIsBounded() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch inside = new CountDownLatch(1);
        node.context.execute(() -> {
            inside.countDown();
            awaitUnchecked(release);
        });
        assertTrue(inside.await(20, TimeUnit.SECONDS));
        AtomicInteger ran = new AtomicInteger();
        int most = node.deployment.mailbox().limits().messages();
        for (int i = 0; i < most; i++) {
            node.context.execute(ran::incrementAndGet);
        }
        PluginException full = assertThrows(PluginException.class, () -> node.context.execute(ran::incrementAndGet));
        assertEquals("DP-0199", full.code());
        for (int i = 0; i < 10_000; i++) {
            node.context.blocking(() -> release.await(20, TimeUnit.SECONDS));
        }
        Future<Integer> oneMore = node.context.blocking(() -> 1);
        for (int i = 0; i < 1_000; i++) {
            node.context.tasks().start("t", control -> control.cancelled());
        }
        assertEquals(
                "DP-0199",
                assertThrows(PluginException.class, () -> node.context.tasks().start("t", control -> null))
                        .code());
        release.countDown();
        assertEquals(
                "DP-0199",
                assertThrows(PluginException.class, () -> await(oneMore)).code());
        Promise<Integer> all = Promise.promise();
        node.deployment.context().runOnContext(go -> all.complete(ran.get()));
        assertEquals(most, await(all.future()));
        node.context.execute(ran::incrementAndGet);
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
