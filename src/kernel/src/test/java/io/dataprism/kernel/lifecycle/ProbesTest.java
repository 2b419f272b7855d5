package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.dataprism.api.CallOptions;
import io.dataprism.api.FailureKind;
import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Plugins that are asked whether they are alive and ready. */
final class ProbesTest extends KernelTest {
    @Override
    protected KernelOptions options() {
        return KernelOptions.DEFAULT.withIntervals(Duration.ofMillis(10), Duration.ofSeconds(5));
    }

    private static PluginJar probed(String members) {
        return PluginJar.of("asked")
                .alsoImplements("Probed")
                .members(members)
                .capability("ping", "return Future.succeededFuture(\"pong\");")
                .yaml("supervision: {pause: 5ms..10ms, probe: {every: 5ms, within: 200ms, failures: 3}}");
    }

    private static long count(String note) {
        return notes().stream().filter(note::equals).count();
    }

    @Test
    void oneThatIsNotAliveSeveralTimesInARowIsStartedAgain() throws Exception {
        load(
                probed(
                        "int asks; public Future<Void> alive() { note(\"alive\");"
                                + " return ++asks % 5 > 1 ? Future.failedFuture(\"the queue stands still\") : Future.succeededFuture(); }"));
        soon().until(() -> count("asked:start") == 2);
        assertEquals(
                4,
                notes().subList(0, notes().lastIndexOf("asked:start")).stream()
                        .filter("asked:alive"::equals)
                        .count());
        var failure =
                kernel.plugin("asked").orElseThrow().supervised().failures().get(0);
        assertEquals("DP-0663", failure.code());
        assertTrue(failure.message().contains("3 times in a row"), failure.message());
        assertTrue(failure.message().contains("the queue stands still"), failure.message());
    }

    /** Two failures, an answer, two failures, and so on: never three in a row. */
    @Test
    void aGoodAnswerInBetweenMendsAll() throws Exception {
        load(
                probed(
                        "int asks; public Future<Void> alive() { note(\"alive\");"
                                + " if (++asks % 3 > 0) throw new IllegalStateException(\"not now\"); return Future.succeededFuture(); }"));
        soon().until(() -> count("asked:alive") > 12);
        assertEquals(1, count("asked:start"));
        assertEquals(PluginState.RUNNING, state("asked"));
    }

    @Test
    void oneThatNeverAnswersIsNotAskedAgainAndStartedAgain() throws Exception {
        load(probed("public Future<Void> alive() { note(\"alive\"); return Promise.<Void>promise().future(); }"));
        soon().until(() -> count("asked:start") == 2);
        assertEquals(
                1,
                notes().subList(0, notes().lastIndexOf("asked:start")).stream()
                        .filter("asked:alive"::equals)
                        .count());
    }

    @Test
    void oneThatIsNotReadyIsNotCalledAndRunsOn() throws Exception {
        CountDownLatch gate = PluginJar.gate();
        BlockingQueue<JsonObject> told = new LinkedBlockingQueue<>();
        await(kernel.events().subscribe("plugin.asked.unready", event -> told.add((JsonObject) event.body())));
        load(probed("public Future<Void> ready() {"
                + " return isOpen() ? Future.succeededFuture() : Future.failedFuture(\"prices are loading\"); }"));
        JsonObject event = told.poll(10, TimeUnit.SECONDS);
        assertEquals("prices are loading", event.getString("reason"));
        CallException refused = assertInstanceOf(CallException.class, failure(kernel.call("asked", "ping", null)));
        assertEquals("DP-0668", refused.code());
        assertEquals(FailureKind.NOT_RUNNING, refused.kind());
        assertTrue(String.valueOf(refused.getMessage()).contains("prices are loading"), refused.getMessage());
        JsonObject shown = kernel.plugin("asked").orElseThrow().toJson().getJsonObject("health");
        assertEquals("yes", shown.getString("alive"));
        assertTrue(shown.getString("ready").contains("prices are loading"), shown.encode());
        // Whoever would rather wait than be refused is served once it is ready.
        var waited = kernel.<String>call("asked", "ping", null, CallOptions.DEFAULT.retrying(10));
        gate.countDown();
        assertEquals("pong", await(waited));
        assertEquals(
                List.of(), kernel.plugin("asked").orElseThrow().supervised().failures());
        assertEquals(1, count("asked:start"));
    }
}
