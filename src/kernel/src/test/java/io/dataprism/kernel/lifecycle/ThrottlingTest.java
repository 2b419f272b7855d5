package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallOptions;
import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.ResourceOptions;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.resource.Allowance;
import io.dataprism.kernel.resource.PluginUse;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A plugin that always works gets its share of a core and no more, whatever its work looks like; the others do not notice. */
final class ThrottlingTest extends KernelTest {
    private static final int SHARE = 20;
    /** Percent of a core that one may be off. */
    private static final int OFF = 5;

    private static final Duration WINDOW = Duration.ofMillis(100);
    /** So long that what is used at once at first does not count for much. */
    private static final Duration LONG = Duration.ofSeconds(1);

    /** Works in pieces of a millisecond until it is told to rest. */
    private static final String WORK = "long end = System.nanoTime() + 1_000_000; while (System.nanoTime() < end) {}";

    @Override
    protected KernelOptions options() {
        return KernelOptions.DEFAULT
                .withResources(
                        ResourceOptions.DEFAULT.withMaxCpuPerPlugin(SHARE).withMonitorInterval(WINDOW))
                .withIntervals(Duration.ofMillis(50), Duration.ofSeconds(5));
    }

    private static PluginJar hog() {
        return PluginJar.of("hog")
                .members("private volatile boolean working;" + "private void work() { " + WORK
                        + " if (working) { context.timers().after(java.time.Duration.ofMillis(1), this::work); } }")
                .capability("work", "working = true; work(); return Future.succeededFuture(\"begun\");")
                .capability("rest", "working = false; return Future.succeededFuture(\"resting\");");
    }

    private PluginUse use(String plugin) {
        return kernel.resources().stream()
                .filter(use -> use.plugin().value().equals(plugin))
                .findFirst()
                .orElseThrow();
    }

    /** Percent of a core that {@code plugin} uses over {@link #LONG}. */
    private double measured(String plugin) {
        long cpu = use(plugin).cpu().toNanos();
        long since = System.nanoTime();
        soon().until(() -> System.nanoTime() - since >= LONG.toNanos());
        return 100.0 * (use(plugin).cpu().toNanos() - cpu) / (System.nanoTime() - since);
    }

    private void call(String plugin, String capability) throws Exception {
        await(kernel.<String>call(plugin, capability, null, CallOptions.within(Duration.ofSeconds(20))));
    }

    @Test
    void whoWorksAllTheTimeGetsItsShareAndTheOthersTheirs() throws Exception {
        List<JsonObject> events = new CopyOnWriteArrayList<>();
        await(kernel.events().subscribe("plugin.hog.*", event -> events.add((JsonObject) event.body())));
        load(hog());
        load(PluginJar.of("neighbour").capability("work", "return Future.succeededFuture(\"done\");"));
        call("hog", "work");
        awaitState("hog", PluginState.THROTTLED);
        assertEquals(SHARE, measured("hog"), OFF);
        call("neighbour", "work");
        assertEquals(PluginState.RUNNING, state("neighbour"));
        assertTrue(use("hog").held().toMillis() > 0);
        JsonObject throttled = events.stream()
                .filter(event -> "throttled".equals(event.getString("state")))
                .findFirst()
                .orElseThrow();
        assertTrue(throttled.getString("reason").contains("may use " + SHARE + " %"), throttled::encode);
        assertEquals(
                throttled
                        .getString("reason")
                        .substring(throttled.getString("reason").indexOf("and")),
                kernel.plugin("hog").orElseThrow().reason().orElseThrow().replaceAll(".*(?=and)", ""));
    }

    @Test
    void whoRestsRunsAgainAtFullSpeed() throws Exception {
        load(hog());
        call("hog", "work");
        awaitState("hog", PluginState.THROTTLED);
        call("hog", "rest");
        awaitState("hog", PluginState.RUNNING);
        assertTrue(kernel.plugin("hog").orElseThrow().reason().isEmpty());
    }

    @Test
    void theOperatorChangesTheLimitWhileItRuns() throws Exception {
        load(hog());
        await(kernel.allow("hog", new Allowance(OptionalInt.of(30), OptionalLong.empty())));
        call("hog", "work");
        awaitState("hog", PluginState.THROTTLED);
        await(kernel.allow("hog", new Allowance(OptionalInt.of(10), OptionalLong.empty())));
        assertEquals(10, use("hog").cpuLimit());
        soon().until(() -> use("hog").cpuPercent() < 10 + OFF);
        assertEquals(10, measured("hog"), OFF);
        await(kernel.allow("hog", Allowance.NONE));
        assertEquals(SHARE, use("hog").cpuLimit());
    }

    @Test
    void blockingWorkCountsAsWell() throws Exception {
        load(PluginJar.of("hog")
                .capability(
                        "work", "for (int i = 0; i < 4; i++) { again(); } return Future.succeededFuture(\"begun\");")
                .members("private volatile boolean ended; private void again() { context.blocking(() -> { " + WORK
                        + " return null; }).onComplete(done -> { if (!ended) { again(); } }); }")
                .does("stop", "ended = true; return Future.succeededFuture();"));
        call("hog", "work");
        awaitState("hog", PluginState.THROTTLED);
        assertEquals(SHARE, measured("hog"), OFF);
    }

    @Test
    void whoIsThrottledStopsAsFastAsAnyOther() throws Exception {
        load(hog());
        call("hog", "work");
        awaitState("hog", PluginState.THROTTLED);
        await(kernel.stop("hog"));
        assertEquals(PluginState.STOPPED, state("hog"));
    }

    @Test
    void startingAnewWinsNothing() throws Exception {
        load(hog());
        call("hog", "work");
        awaitState("hog", PluginState.THROTTLED);
        long before = use("hog").cpu().toNanos();
        await(kernel.reload("hog"));
        assertTrue(use("hog").cpu().toNanos() >= before);
        await(kernel.unload("hog"));
        assertFalse(
                kernel.resources().stream().anyMatch(use -> use.plugin().value().equals("hog")));
    }
}
