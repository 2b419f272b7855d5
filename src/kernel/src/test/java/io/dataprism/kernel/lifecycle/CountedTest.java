package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallOptions;
import io.dataprism.api.Caller;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.ResourceOptions;
import io.dataprism.kernel.context.MetricSample;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.resource.Allowance;
import io.dataprism.kernel.resource.CountLimits;
import io.dataprism.kernel.resource.Countable;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Of what is counted a plugin may have so many: as its manifest asks, as the node gives, or as its operator says, who changes it while it runs. */
final class CountedTest extends KernelTest {
    private static final CallOptions PATIENT = CallOptions.within(Duration.ofSeconds(20));

    @Override
    protected KernelOptions options() {
        return KernelOptions.DEFAULT
                .withResources(ResourceOptions.DEFAULT
                        .withCounts(CountLimits.NONE.with(Countable.CHANNELS, 2).with(Countable.SUBSCRIPTIONS, 4))
                        .withAllProcessors())
                .withIntervals(Duration.ofMillis(50), Duration.ofSeconds(5));
    }

    private static PluginJar user(String id) {
        return PluginJar.of(id)
                .permission("event-subscribe:**")
                .permission("event-publish:**")
                .permission("channel:**")
                .capability(
                        "subscribe",
                        "return context.events().subscribe(\"a.\" + String.valueOf(call.body()), event -> {}).map(\"done\");")
                .capability(
                        "unsubscribe",
                        "return context.events().unsubscribe(\"a.\" + String.valueOf(call.body())).map(\"done\");")
                .capability(
                        "join",
                        "return context.channels().create(String.valueOf(call.body()), java.util.Set.of()).map(\"done\");")
                .capability(
                        "timer",
                        "context.timers().after(Duration.ofHours(1), () -> {}); return Future.succeededFuture(1);");
    }

    private void loadGranted(PluginJar jar, String id) throws Exception {
        for (String permission : new String[] {"event-subscribe:**", "event-publish:**", "channel:**"}) {
            kernel.grants().grant(new PluginId(id), permission, "host", "");
        }
        load(jar);
    }

    private void call(String id, String capability, String text) throws Exception {
        await(kernel.call(id, capability, text, PATIENT));
    }

    private String refusal(String id, String capability, String text) {
        return String.valueOf(
                failure(kernel.call(id, capability, text, PATIENT)).getMessage());
    }

    private void allow(String id, Countable what, int limit) throws Exception {
        await(kernel.allow(
                id, new Allowance(OptionalInt.empty(), OptionalLong.empty(), CountLimits.NONE.with(what, limit))));
    }

    private JsonObject has(String id) throws Exception {
        return await(kernel.control().invoke(Caller.OPERATOR, "plugins", "info", new JsonObject().put("id", id)))
                .getJsonObject("has", new JsonObject());
    }

    @Test
    void theLesserOfManifestAndNodeHoldsAndTheOperatorChangesItWhileItRuns() throws Exception {
        loadGranted(user("keen").yaml("limits: {subscriptions: 2, timers: 1, channels: 9}"), "keen");
        call("keen", "subscribe", "one");
        call("keen", "subscribe", "two");
        assertTrue(refusal("keen", "subscribe", "three").contains("has 2 subscriptions, which is the most"));
        call("keen", "unsubscribe", "one");
        call("keen", "subscribe", "three");
        assertEquals(new JsonObject().put("now", 2).put("limit", 2), has("keen").getJsonObject("subscriptions"));
        allow("keen", Countable.SUBSCRIPTIONS, 3);
        call("keen", "subscribe", "four");
        assertTrue(refusal("keen", "subscribe", "five").contains("has 3 subscriptions"));
        call("keen", "timer", "");
        assertTrue(refusal("keen", "timer", "").contains("1 wait already"));
        call("keen", "join", "first");
        call("keen", "join", "second");
        String third = refusal("keen", "join", "third");
        assertTrue(third.contains("takes part in 2 channels") && third.contains("--count channels=N"), third);
        assertEquals(
                "limits.channels is 9 but the node gives 2",
                kernel.plugin("keen").orElseThrow().curtailed().get(0));
        assertTrue(kernel.metrics().stream()
                .anyMatch(sample -> sample.name().equals("kernel:has")
                        && sample.labels().equals(Map.of("what", "channels"))
                        && sample.reading().equals(new MetricSample.Level(2.0))));
        await(kernel.reload("keen"));
        assertTrue(has("keen").isEmpty(), () -> "what an earlier life had");
    }

    @Test
    void whoSendsMoreThanItMayIsHeldBackAndToldSo() throws Exception {
        AtomicLong received = new AtomicLong();
        await(kernel.events().subscribe("news.*", event -> received.incrementAndGet()));
        loadGranted(
                PluginJar.of("press")
                        .permission("event-publish:**")
                        .members(
                                "private volatile boolean on; private void print() { for (int i = 0; i < 10; i++) {"
                                        + " context.events().publish(\"news.all\", 1); } if (on) { context.execute(this::print); } }")
                        .capability("on", "on = true; print(); return Future.succeededFuture(1);")
                        .capability("off", "on = false; return Future.succeededFuture(1);"),
                "press");
        allow("press", Countable.MESSAGES, 1_000);
        call("press", "on", "");
        awaitState("press", PluginState.THROTTLED);
        assertEquals(
                "It sends more than the 1,000 messages a second that it may send.",
                kernel.plugin("press").orElseThrow().reason().orElseThrow());
        long before = received.get();
        long since = System.nanoTime();
        soon().until(() -> received.get() - before >= 1_500);
        double seconds = (System.nanoTime() - since) / 1e9;
        assertTrue(seconds > 1.2, () -> "1,500 messages in " + seconds + " s");
        soon().until(() -> has("press").containsKey("messages"));
        await(kernel.allow("press", Allowance.NONE));
        long freed = received.get();
        soon().until(() -> received.get() - freed > 50_000);
        call("press", "off", "");
        awaitState("press", PluginState.RUNNING);
    }
}
