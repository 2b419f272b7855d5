package io.dataprism.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an operator is told of one plugin when something is wrong with it, and what to do. */
final class PluginDoctorTest extends KernelTest {
    private JsonObject story(String id) throws Exception {
        return await(kernel.control().invoke(Caller.OPERATOR, "plugins", "doctor", new JsonObject().put("id", id)));
    }

    private static Stream<JsonObject> objects(JsonArray all) {
        return all.stream().map(JsonObject.class::cast);
    }

    private static String next(JsonObject story) {
        return String.join(
                "\n", story.getJsonArray("next").stream().map(String::valueOf).toList());
    }

    @Test
    void aQuarantinedPluginsFailuresHaveTheirStackAndItsQuarantineTheBudgetCurve() throws Exception {
        load(PluginJar.of("loop")
                .capability("break", "context.fail(new Error(\"first\")); return Future.succeededFuture();")
                .yaml("supervision: {pause: 1ms..2ms, intensity: 1 in 1s}"));
        kernel.call("loop", "break", null);
        awaitState("loop", PluginState.QUARANTINED);
        JsonObject story = story("loop");
        List<String> states = objects(story.getJsonArray("transitions"))
                .map(transition -> transition.getString("state"))
                .toList();
        assertEquals(List.of("loading", "initialized", "running", "stopping", "error", "quarantined"), states);
        assertTrue(objects(story.getJsonArray("transitions"))
                .reduce((first, second) -> second)
                .orElseThrow()
                .getString("why")
                .startsWith("DP-0660 "));
        String stack = story.getJsonArray("failures").getJsonObject(0).getString("stack");
        assertTrue(stack.contains("first") && stack.contains("test.loop.Main"), stack);
        JsonArray use = story.getJsonObject("quarantine").getJsonArray("use");
        assertFalse(use.isEmpty());
        assertTrue(objects(use).allMatch(point -> point.getDouble("cpuPercent") >= 0 && point.containsKey("memory")));
        assertTrue(next(story).contains("dataprism plugins release loop"), next(story));
    }

    @Test
    void whoNeedsWhomAndWhichPermissionsLack() throws Exception {
        load(PluginJar.of("store").capability("find", "return Future.succeededFuture(1);"));
        load(PluginJar.of("shop").dependsOn("store", "^1.0.0").permission("event-publish:sales.**"));
        JsonObject shop = story("shop");
        JsonObject needs = shop.getJsonArray("dependsOn").getJsonObject(0);
        assertEquals("plugin 'store'", needs.getString("on"));
        assertEquals("running", needs.getJsonArray("found").getJsonObject(0).getString("state"));
        assertEquals(
                "event-publish:sales.**",
                shop.getJsonArray("lacks").getJsonObject(0).getString("permission"));
        assertTrue(next(shop).contains("grants add shop"), next(shop));
        JsonObject store = story("store");
        assertEquals(List.of("shop"), store.getJsonArray("dependents").getList());
        assertEquals("Nothing is wrong with it that the node knows of.", next(store));
    }

    @Test
    void anOpenCircuitBreakerIsShownAtBothItsEnds() throws Exception {
        load(PluginJar.of("sick").capability("ask", "return Future.failedFuture(\"no\");"));
        load(PluginJar.of("asker")
                .permission("call:sick:ask")
                .capability(
                        "go",
                        "return context.calls().call(\"sick\", \"ask\", null,"
                                + " CallOptions.DEFAULT.breaking(new CircuitBreaker(1, Duration.ofMinutes(1))));"));
        kernel.grants().grant(new PluginId("asker"), "call:sick:ask", "host", "");
        failure(kernel.call("asker", "go", null));
        assertTrue(next(story("asker")).contains("It does not call 'sick:ask' now"), () -> "asker");
        assertTrue(next(story("sick")).contains("Plugin 'asker' does not call its 'ask' now"), () -> "sick");
    }

    @Test
    void whatItsCodeDoesNowIsShown() throws Exception {
        CountDownLatch gate = PluginJar.gate();
        load(PluginJar.of("busy").capability("wait", "note(\"waits\"); gate(); return Future.succeededFuture(1);"));
        var answer = kernel.call("busy", "wait", null);
        try {
            soon().until(() -> story("busy").containsKey("code"));
            JsonObject code = story("busy").getJsonObject("code");
            assertTrue(code.getString("at").contains("test.busy.Main"), code::encode);
            assertEquals("WAITING", code.getString("threadState"));
        } finally {
            gate.countDown();
        }
        await(answer);
    }

    @Test
    void oneThatWasNeverStartedAndOneThatThereIsNot() throws Exception {
        install(PluginJar.of("fresh"));
        JsonObject story = story("fresh");
        assertEquals("installed", story.getString("state"));
        assertEquals("It does not run. Start it: dataprism plugins start fresh", next(story));
        assertTrue(failure(kernel.control()
                        .invoke(Caller.OPERATOR, "plugins", "doctor", new JsonObject().put("id", "frish")))
                .getMessage()
                .contains("Did you mean 'fresh'?"));
    }
}
