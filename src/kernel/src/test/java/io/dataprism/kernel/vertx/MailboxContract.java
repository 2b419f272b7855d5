package io.dataprism.kernel.vertx;

import static io.dataprism.kernel.vertx.Deployed.await;
import static io.dataprism.kernel.vertx.Deployed.inSlice;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginId;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every way to give plugins mailboxes promises. */
abstract class MailboxContract {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Map<String, SliceMeter> meters = new ConcurrentHashMap<>();
    /** Until when each is held back, by {@link System#nanoTime}; {@link SliceHook#FOR_GOOD} until it is let go. */
    private final Map<String, Long> holds = new ConcurrentHashMap<>();

    Deployed node;

    /** Where the slices run. */
    abstract SlicePlace place();

    /** Whether to keep to Vert.x's supported API. */
    boolean supportedApiOnly() {
        return false;
    }

    /** How many plugins may wait at once while others go on. */
    int waiters() {
        return 20;
    }

    /** Whether slices are threads' whose CPU time is known. */
    boolean isMetered() {
        return true;
    }

    @BeforeEach
    void start() {
        CarrierOptions options = new CarrierOptions(2, 8, 2, Duration.ofNanos(100_000), new MailboxLimits(100, 1 << 20))
                .withSupportedApiOnly(supportedApiOnly())
                .withHooks(plugin -> meters.computeIfAbsent(plugin.value(), id -> new SliceMeter())
                        .and(new Holder(plugin.value())));
        node = new Deployed(Vertx.vertx(), options, place());
    }

    private final class Holder implements SliceHook {
        private final String id;

        Holder(String id) {
            this.id = id;
        }

        @Override
        public long hold() {
            long until = holds.getOrDefault(id, 0L);
            return until == 0 || until == FOR_GOOD ? until : Math.max(0, until - System.nanoTime());
        }
    }

    private void letGo(PluginDeployment plugin, String id) {
        holds.remove(id);
        plugin.release();
    }

    @AfterEach
    void close() throws Exception {
        // Or its end would be held back.
        holds.clear();
        node.close();
    }

    private URLClassLoader loader() {
        return new URLClassLoader(new URL[0], getClass().getClassLoader());
    }

    private PluginDeployment deploy(String id, ClassLoader loader) throws Exception {
        return node.deploy(id, new VerticleBase() {}, new DeploymentOptions().setClassLoader(loader));
    }

    /** Who runs here. */
    private record Here(boolean inSlice, String deployment, ClassLoader loader) {
        static Here now(PluginDeployment plugin) {
            Context context = Vertx.currentContext();
            return new Here(
                    plugin.mailbox().inSlice(),
                    context == null ? "none" : context.deploymentID(),
                    Thread.currentThread().getContextClassLoader());
        }
    }

    @Test
    void runsOneEntryAtATimeInEachSendersOrder() throws Exception {
        PluginDeployment plugin = node.deploy("p");
        int senders = 4;
        int each = 2_000;
        List<List<Integer>> got = new ArrayList<>();
        AtomicInteger inside = new AtomicInteger();
        AtomicBoolean overlap = new AtomicBoolean();
        CountDownLatch all = new CountDownLatch(senders * each);
        for (int s = 0; s < senders; s++) {
            List<Integer> mine = new ArrayList<>();
            got.add(mine);
            new Thread(() -> {
                        for (int i = 0; i < each; i++) {
                            int number = i;
                            plugin.execute(() -> {
                                overlap.compareAndSet(false, inside.incrementAndGet() != 1);
                                mine.add(number);
                                inside.decrementAndGet();
                                all.countDown();
                            });
                        }
                    })
                    .start();
        }
        assertTrue(all.await(20, TimeUnit.SECONDS));
        assertFalse(overlap.get());
        for (List<Integer> numbers : got) {
            for (int i = 0; i < each; i++) {
                assertEquals(i, numbers.get(i));
            }
        }
    }

    @Test
    void handlersTimersAndFuturesFindTheirContextAndClassLoader() throws Exception {
        try (URLClassLoader loader = loader()) {
            PluginDeployment plugin = deploy("p", loader);
            Here expected = new Here(true, plugin.deploymentId(), loader);
            assertEquals(expected, inSlice(plugin, () -> Future.succeededFuture(Here.now(plugin))));

            Promise<Here> offered = Promise.promise();
            assertTrue(plugin.mailbox().offer(() -> offered.complete(Here.now(plugin))));
            assertEquals(expected, await(offered.future()));

            Promise<Here> kernelTimer = Promise.promise();
            new SliceTimers(plugin, new PluginId("timed"), () -> 10, now -> {})
                    .after(Duration.ofMillis(1), () -> kernelTimer.complete(Here.now(plugin)));
            assertEquals(expected, await(kernelTimer.future()));

            Promise<Here> vertxTimer = Promise.promise();
            plugin.execute(() -> node.vertx.setTimer(1, id -> vertxTimer.complete(Here.now(plugin))));
            assertEquals(expected, await(vertxTimer.future()));

            Promise<String> promise = plugin.promise();
            Future<Here> completed = promise.future().map(done -> Here.now(plugin));
            new Thread(() -> promise.complete("by another thread")).start();
            assertEquals(expected, await(completed));
            assertEquals(expected, await(plugin.succeeded("x").map(done -> Here.now(plugin))));
            assertEquals(
                    expected,
                    await(plugin.failed(new IllegalStateException("made up"))
                            .recover(cause -> Future.succeededFuture())
                            .map(done -> Here.now(plugin))));
        }
    }

    @Test
    void bothKindsOfExecuteBlockingRunElsewhereAndAnswerInTurn() throws Exception {
        try (URLClassLoader loader = loader()) {
            PluginDeployment plugin = deploy("p", loader);
            for (boolean ordered : new boolean[] {true, false}) {
                List<Here> seen = Collections.synchronizedList(new ArrayList<>());
                Here after = inSlice(
                        plugin,
                        () -> node.vertx
                                .executeBlocking(() -> seen.add(Here.now(plugin)), ordered)
                                .map(done -> Here.now(plugin)));
                assertEquals(plugin.deploymentId(), seen.get(0).deployment());
                assertSame(loader, seen.get(0).loader());
                assertEquals(new Here(true, plugin.deploymentId(), loader), after);
            }
        }
    }

    @Test
    void theKernelsBlockingWorkRunsBesideTheSlicesAndAnswersInOne() throws Exception {
        try (URLClassLoader loader = loader()) {
            PluginDeployment plugin = deploy("p", loader);
            CountDownLatch sliceRan = new CountDownLatch(1);
            Future<Here> during = plugin.blocking(() -> {
                sliceRan.await();
                return Here.now(plugin);
            });
            plugin.execute(sliceRan::countDown);
            assertEquals(new Here(false, plugin.deploymentId(), loader), await(during));
            assertEquals(
                    new Here(true, plugin.deploymentId(), loader),
                    await(plugin.blocking(() -> "done").map(done -> Here.now(plugin))));
            ExecutionException failed = assertThrows(
                    ExecutionException.class,
                    () -> await(plugin.blocking(() -> {
                        throw new IllegalStateException("made up");
                    })));
            assertEquals("made up", failed.getCause().getMessage());
        }
    }

    @Test
    void isBoundedAndSaysSo() throws Exception {
        PluginDeployment plugin = node.deploy("p");
        CountDownLatch release = hold(plugin);
        int taken = 0;
        while (plugin.mailbox().offer(() -> {})) {
            taken++;
        }
        assertEquals(plugin.mailbox().limits().messages(), taken);
        assertEquals(taken, plugin.mailbox().waiting());
        assertEquals(
                Mailbox.Answer.HELD,
                plugin.mailbox().offer(new Told(new AtomicInteger()), new OverflowLane(OverflowLane.Choice.HOLD, 10)));
        release.countDown();
        until(() -> plugin.mailbox().waiting() == 0);
    }

    @Test
    void closingTellsEachEntryThatItWillNotRun() throws Exception {
        PluginDeployment plugin = node.deploy("p");
        CountDownLatch release = hold(plugin);
        AtomicInteger told = new AtomicInteger();
        for (int i = 0; i < 50; i++) {
            assertTrue(plugin.mailbox().offer(new Told(told)));
        }
        plugin.mailbox().close();
        release.countDown();
        until(() -> told.get() == 50);
        assertEquals(Mailbox.Answer.CLOSED, plugin.mailbox().offer(new Told(told), null));
        assertFalse(plugin.mailbox().push(new Told(told)));
    }

    private static void until(BooleanSupplier condition) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(condition::getAsBoolean);
    }

    /** Keep a slice until the answered latch is counted down. */
    private static CountDownLatch hold(PluginDeployment plugin) throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        plugin.execute(() -> {
            inside.countDown();
            waitFor(release);
        });
        assertTrue(inside.await(10, TimeUnit.SECONDS));
        return release;
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Told extends MailboxEntry {
        private final AtomicInteger discarded;

        Told(AtomicInteger discarded) {
            this.discarded = discarded;
        }

        @Override
        protected void run() {}

        @Override
        protected void discarded() {
            discarded.incrementAndGet();
        }
    }

    @Test
    void slicesAreMetered() throws Exception {
        PluginDeployment plugin = node.deploy("p");
        long before = plugin.mailbox().busyNanos();
        byte[][] kept = new byte[1][];
        inSlice(plugin, () -> {
            kept[0] = new byte[1 << 20];
            long end = System.nanoTime() + 20_000_000;
            long cpu = THREADS.getCurrentThreadCpuTime() + 5_000_000;
            while (System.nanoTime() < end || isMetered() && THREADS.getCurrentThreadCpuTime() < cpu) {
                Thread.onSpinWait();
            }
            return Future.succeededFuture();
        });
        inSlice(plugin, Future::succeededFuture);
        assertNotNull(kept[0]);
        assertTrue(plugin.mailbox().busyNanos() - before >= 20_000_000);
        SliceMeter meter = meters.get("p");
        assertTrue(meter.slices() > 0);
        if (isMetered()) {
            assertTrue(meter.cpuNanos() >= 5_000_000, meter.cpuNanos() + " ns");
            assertTrue(meter.allocatedBytes() >= 1 << 20, meter.allocatedBytes() + " bytes");
        } else {
            assertEquals(0, meter.cpuNanos());
        }
    }

    @Test
    void blockingWorkIsMeteredWhileItRuns() throws Exception {
        PluginDeployment plugin = node.deploy("p");
        CountDownLatch used = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Future<Object> working = plugin.blocking(() -> {
            long cpu = THREADS.getCurrentThreadCpuTime() + 5_000_000;
            while (isMetered() && THREADS.getCurrentThreadCpuTime() < cpu) {
                Thread.onSpinWait();
            }
            used.countDown();
            go.await();
            return "done";
        });
        used.await();
        SliceMeter meter = meters.get("p");
        if (isMetered()) {
            plugin.meter();
            assertTrue(meter.cpuNanos() >= 5_000_000, meter.cpuNanos() + " ns");
        }
        go.countDown();
        await(working);
        assertTrue(meter.cpuNanos() < 1_000_000_000, "told twice: " + meter.cpuNanos() + " ns");
    }

    @Test
    void whoIsHeldBackGetsNothingUntilItIsLetGo() throws Exception {
        PluginDeployment held = node.deploy("held");
        PluginDeployment other = node.deploy("other");
        holds.put("held", SliceHook.FOR_GOOD);
        List<String> done = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 3; i++) {
            int number = i;
            held.execute(() -> done.add("slice " + number));
        }
        Future<Object> blocking = held.blocking(() -> done.add("blocking"));
        for (int i = 0; i < 50; i++) {
            inSlice(other, Future::succeededFuture);
            await(other.blocking(() -> "done"));
        }
        assertEquals(List.of(), done);
        assertEquals(3, held.mailbox().waiting());
        letGo(held, "held");
        await(blocking);
        inSlice(held, Future::succeededFuture);
        done.remove("blocking");
        assertEquals(List.of("slice 0", "slice 1", "slice 2"), done);
    }

    @Test
    void aHoldForATimeEndsByItself() throws Exception {
        PluginDeployment held = node.deploy("held");
        long until = System.nanoTime() + 50_000_000;
        holds.put("held", until);
        long ran = inSlice(held, () -> Future.succeededFuture(System.nanoTime()));
        assertTrue(ran >= until, (until - ran) + " ns too early");
        holds.put("held", System.nanoTime() + 50_000_000);
        await(held.blocking(() -> "done"));
        assertTrue(System.nanoTime() >= holds.get("held"));
    }

    @Test
    void nothingIsLostWhereHoldAndReleaseMeet() throws Exception {
        PluginDeployment held = node.deploy("held");
        for (int i = 0; i < 2_000; i++) {
            holds.put("held", SliceHook.FOR_GOOD);
            Promise<Void> ran = Promise.promise();
            held.execute(ran::complete);
            letGo(held, "held");
            await(ran.future());
        }
    }

    @Test
    void whatIsHeldBackIsDiscardedWhenTheMailboxIsClosed() throws Exception {
        PluginDeployment held = node.deploy("held");
        inSlice(held, Future::succeededFuture);
        int all = 5_000;
        AtomicInteger ran = new AtomicInteger();
        AtomicInteger discarded = new AtomicInteger();
        CountDownLatch pushed = new CountDownLatch(1);
        held.execute(() -> {
            while (pushed.getCount() > 0) {
                Thread.onSpinWait();
            }
        });
        for (int i = 0; i < all; i++) {
            held.mailbox().push(new MailboxEntry() {
                @Override
                protected void run() {
                    // The rest of what the slice has taken waits at the mailbox, not in it.
                    holds.put("held", SliceHook.FOR_GOOD);
                    ran.incrementAndGet();
                    long end = System.nanoTime() + 100_000;
                    while (System.nanoTime() < end) {
                        Thread.onSpinWait();
                    }
                }

                @Override
                protected void discarded() {
                    discarded.incrementAndGet();
                }
            });
        }
        pushed.countDown();
        until(() -> ran.get() > 0 && held.mailbox().sliceStartedNanos().isEmpty());
        assertTrue(ran.get() < all, "it was not held back");
        node.deployer.abandon(held.mailbox());
        until(() -> ran.get() + discarded.get() == all);
    }

    @Test
    void isListedUntilItIsUndeployedAndLeavesNothingBehind() throws Exception {
        AtomicBoolean stopped = new AtomicBoolean();
        PluginDeployment plugin = node.deploy("p", new VerticleBase() {
            @Override
            public Future<?> stop() {
                stopped.set(true);
                return Future.succeededFuture();
            }
        });
        assertTrue(node.vertx.deploymentIDs().contains(plugin.deploymentId()));
        assertEquals("p", node.deployer.deployed().get(plugin.deploymentId()).value());
        assertEquals(plugin.deploymentId(), plugin.context().deploymentID());
        AtomicInteger ticks = new AtomicInteger();
        inSlice(plugin, () -> {
            node.vertx.setPeriodic(5, id -> ticks.incrementAndGet());
            return node.vertx
                    .eventBus()
                    .consumer("there", message -> message.reply("yes"))
                    .completion();
        });
        assertEquals("yes", await(node.vertx.eventBus().request("there", "?")).body());
        until(() -> ticks.get() > 1);
        await(plugin.undeploy());
        assertTrue(stopped.get());
        assertFalse(node.vertx.deploymentIDs().contains(plugin.deploymentId()));
        assertTrue(node.deployer.deployed().isEmpty());
        assertTrue(plugin.mailbox().isClosed());
        assertThrows(ExecutionException.class, () -> await(node.vertx.eventBus().request("there", "?")));
        int after = ticks.get();
        await(node.vertx.timer(50));
        assertEquals(after, ticks.get());
        await(plugin.undeploy());
    }

    @Test
    void theHostMayUndeployItByItsId() throws Exception {
        AtomicBoolean stopped = new AtomicBoolean();
        PluginDeployment plugin = node.deploy("p", new VerticleBase() {
            @Override
            public Future<?> stop() {
                stopped.set(true);
                return Future.succeededFuture();
            }
        });
        await(node.vertx.undeploy(plugin.deploymentId()));
        assertTrue(stopped.get());
        assertTrue(plugin.mailbox().isClosed());
        await(plugin.undeploy());
    }

    @Test
    void aFailingStartIsCleanedUpAndTellsTheCause() {
        ExecutionException failure = assertThrows(
                ExecutionException.class,
                () -> node.deploy("p", new VerticleBase() {
                    @Override
                    public Future<?> start() {
                        throw new IllegalStateException("no");
                    }
                }));
        assertEquals("no", failure.getCause().getMessage());
        assertTrue(node.vertx.deploymentIDs().isEmpty());
        assertTrue(node.deployer.deployed().isEmpty());
    }

    @Test
    void isNobodysChild() throws Exception {
        PluginDeployment one = node.deploy("one");
        PluginDeployment other =
                inSlice(one, () -> node.start("other", new VerticleBase() {}, new DeploymentOptions()));
        await(one.undeploy());
        assertTrue(node.vertx.deploymentIDs().contains(other.deploymentId()));
        assertEquals("here", inSlice(other, () -> Future.succeededFuture("here")));
    }

    @Test
    void aStuckPluginIsGivenUpAndNobodyWaitsForIt() throws Exception {
        PluginDeployment stuck = node.deploy("stuck");
        CountDownLatch interrupted = new CountDownLatch(1);
        AtomicBoolean ranAfter = new AtomicBoolean();
        CountDownLatch inside = new CountDownLatch(1);
        stuck.execute(() -> {
            inside.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        assertTrue(inside.await(10, TimeUnit.SECONDS));
        stuck.mailbox().offer(() -> ranAfter.set(true));
        Future<Void> undeployed = stuck.undeploy();
        assertTrue(stuck.mailbox().sliceStartedNanos().isPresent());
        node.deployer.abandon(stuck.mailbox());
        await(undeployed);
        assertTrue(interrupted.await(10, TimeUnit.SECONDS));
        assertEquals("here", inSlice(node.deploy("next"), () -> Future.succeededFuture("here")));
        assertFalse(ranAfter.get());
        until(() -> !node.vertx.deploymentIDs().contains(stuck.deploymentId()));
    }

    @Test
    void anInterruptMeetsOnlyTheSliceThatItIsMeantFor() throws Exception {
        PluginDeployment plugin = node.deploy("p");
        CountDownLatch release = hold(plugin);
        long slice = plugin.mailbox().sliceStartedNanos().orElseThrow();
        assertFalse(plugin.mailbox().interrupt(slice - 1));
        assertTrue(plugin.mailbox().interrupt(slice));
        release.countDown();
        until(() -> plugin.mailbox().waiting() == 0
                && plugin.mailbox().sliceStartedNanos().isEmpty());
        assertFalse(plugin.mailbox().interrupt(slice));
        assertFalse(inSlice(
                plugin, () -> Future.succeededFuture(Thread.currentThread().isInterrupted())));
    }

    @Test
    void blockingWorkIsInterruptedWhenThePluginStops() throws Exception {
        PluginDeployment plugin = node.deploy("p");
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        plugin.blocking(() -> {
            inside.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return null;
        });
        assertTrue(inside.await(10, TimeUnit.SECONDS));
        await(plugin.undeploy());
        assertTrue(interrupted.await(10, TimeUnit.SECONDS));
    }

    @Test
    void whatAPluginDoesToItsThreadDoesNotMeetTheNext() throws Exception {
        List<PluginDeployment> rude = new ArrayList<>();
        List<PluginDeployment> next = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            rude.add(node.deploy("rude-" + i));
            next.add(node.deploy("next-" + i));
        }
        for (int round = 0; round < 20; round++) {
            for (PluginDeployment plugin : rude) {
                inSlice(plugin, () -> {
                    Thread thread = Thread.currentThread();
                    thread.setName("mine");
                    thread.setPriority(Thread.MIN_PRIORITY);
                    thread.setContextClassLoader(null);
                    thread.setUncaughtExceptionHandler(new Rude());
                    thread.interrupt();
                    return Future.succeededFuture();
                });
            }
            for (PluginDeployment plugin : next) {
                assertEquals(List.of(false, Thread.NORM_PRIORITY, false, false), inSlice(plugin, () -> {
                    Thread thread = Thread.currentThread();
                    return Future.succeededFuture(List.of(
                            thread.getName().equals("mine"),
                            thread.getPriority(),
                            thread.isInterrupted(),
                            thread.getUncaughtExceptionHandler() instanceof Rude));
                }));
            }
        }
    }

    private static final class Rude implements Thread.UncaughtExceptionHandler {
        @Override
        public void uncaughtException(Thread thread, Throwable failure) {}
    }

    @Test
    void morePluginsWaitThanThereAreCarriersAndTheOneTheyWaitForRuns() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch waiting = new CountDownLatch(waiters());
        CountDownLatch done = new CountDownLatch(waiters());
        for (int i = 0; i < waiters(); i++) {
            node.deploy("waits-" + i).execute(() -> {
                waiting.countDown();
                waitFor(release);
                done.countDown();
            });
        }
        assertTrue(waiting.await(20, TimeUnit.SECONDS));
        node.deploy("ends-it").execute(release::countDown);
        assertTrue(done.await(20, TimeUnit.SECONDS));
    }
}
