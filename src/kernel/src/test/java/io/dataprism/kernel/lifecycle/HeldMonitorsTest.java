package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every Java object is a lock. A plugin that holds the lock of what it was given, for ever, stops itself at most. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HeldMonitorsTest extends KernelTest {
    private static final String HOLDS = """
            final List<Object> given = new ArrayList<>();

            static void hold(List<Object> all, int from, Runnable then) {
                if (from < all.size()) {
                    synchronized (all.get(from)) {
                        hold(all, from + 1, then);
                    }
                    return;
                }
                then.run();
                try {
                    gate();
                } catch (InterruptedException e) {
                    hold(all, from, () -> {});
                }
            }

            Future<Object> holdAll() {
                Promise<Object> held = context.promise();
                Thread thread = new Thread(
                        () -> hold(given, 0, () -> context.execute(() -> held.complete("held"))));
                thread.setDaemon(true);
                thread.start();
                return held.future();
            }
            """;

    private static final String ALL_PARTS = "given.addAll(List.of(context, context.events(), context.channels(),"
            + " context.calls(), context.timers(), context.tasks(), context.log(), context.permissions(),"
            + " context.memory(), context.tables(), context.http(), context.cache(), context.metrics(),"
            + " context.files(), context.storage(), context.records(), getClass().getClassLoader(), getClass()));";

    private CountDownLatch gate;

    @BeforeEach
    void shut() {
        gate = PluginJar.gate();
    }

    @AfterEach
    void open() {
        gate.countDown();
    }

    @Override
    protected KernelOptions options() {
        Optional<Duration> unset = Optional.empty();
        // What it holds is waited for as long as these say.
        Optional<Duration> brief = Optional.of(Duration.ofSeconds(1));
        return KernelOptions.DEFAULT
                .withIntervals(Duration.ofMillis(20), Duration.ofSeconds(5))
                .withSteps(new StepDeadlines(unset, unset, unset, brief, brief, brief, Duration.ofMillis(500)));
    }

    private void hold(PluginJar holder) throws Exception {
        load(holder);
        assertEquals("held", await(kernel.<String>call("holder", "hold", null)));
    }

    private static PluginJar holder(String first) {
        return PluginJar.of("holder").members(HOLDS).capability("hold", first + " return holdAll();");
    }

    private void othersGoOn() throws Exception {
        assertEquals(PluginState.RUNNING, load(PluginJar.of("unit")).state());
    }

    @Test
    void ofTheContextAndItsParts() throws Exception {
        hold(holder("context.metrics().counter(\"c\", Map.of()).add(1); " + ALL_PARTS));
        assertEquals(
                1,
                kernel.metrics().stream()
                        .filter(sample -> sample.name().equals("c"))
                        .count());
        await(kernel.unload("holder"));
        othersGoOn();
    }

    /** Its own slice waits for itself then, and is given up. */
    @Test
    void ofATaskAndItsFutures() throws Exception {
        hold(holder("Tasks.Task<Object> task = context.tasks().start(\"long\", control -> {"
                + " given.add(control.cancelled()); return Promise.<Object>promise().future(); });"
                + " given.addAll(List.of(task, task.result()));"));
        await(kernel.unload("holder"));
        assertEquals(PluginState.INSTALLED, state("holder"));
        othersGoOn();
    }

    @Test
    void ofTheFutureOfAQuestion() throws Exception {
        hold(holder("given.add(context.permissions().request(\"event-publish:asked\"));")
                .permission("event-publish:asked"));
        kernel.grants().grant(new PluginId("holder"), "event-publish:asked", "test", "");
        othersGoOn();
    }

    @Test
    void ofAStreamThatAnotherPluginSends() throws Exception {
        load(PluginJar.of("source")
                .members("final Promise<Optional<Object>> first = Promise.promise();")
                .capability("items", "return Future.succeededFuture(StreamReply.of(() -> first.future()));")
                .capability("go", "first.complete(Optional.of(\"item\")); return Future.succeededFuture(\"gone\");")
                .capability("ping", "return Future.succeededFuture(\"pong\");"));
        install(PluginJar.of("holder")
                .members(HOLDS)
                .capability(
                        "hold",
                        "return context.calls().<Object>stream(\"source\", \"items\", null).compose(reader -> {"
                                + " given.addAll(List.of(reader, reader.next())); return holdAll(); });")
                .permission("call:source:items"));
        kernel.grants().grant(new PluginId("holder"), "call:source:items", "test", "");
        await(kernel.start("holder"));
        assertEquals("held", await(kernel.<String>call("holder", "hold", null)));
        assertEquals("gone", await(kernel.<String>call("source", "go", null)));
        assertEquals("pong", await(kernel.<String>call("source", "ping", null)));
        await(kernel.unload("holder"));
        othersGoOn();
    }

    @Test
    void ofTheThreadThatRunsIt() throws Exception {
        load(PluginJar.of("holder")
                .capability(
                        "hold",
                        "synchronized (Thread.currentThread()) { while (!isOpen()) { Thread.onSpinWait(); } }"
                                + " return Future.succeededFuture();"));
        Future<Object> holding = kernel.call("holder", "hold", null);
        awaitState("holder", PluginState.QUARANTINED);
        failure(holding);
        othersGoOn();
    }
}
