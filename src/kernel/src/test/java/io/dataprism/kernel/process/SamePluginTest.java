package io.dataprism.kernel.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same plugin does the same, wherever its code runs. */
final class SamePluginTest extends KernelTest {

    private static PluginJar plugin(String isolation) {
        return PluginJar.of("same")
                .yaml("isolation: " + isolation)
                .capability("echo", "return Future.succeededFuture(call.body());");
    }

    @ParameterizedTest
    @ValueSource(strings = {"worker", "process"})
    void itIsCalledAndStopped(String isolation) throws Exception {
        load(plugin(isolation));
        assertEquals(PluginState.RUNNING, state("same"));
        JsonObject sent = new JsonObject()
                .put("a", 1)
                .put("b", new JsonArray().add("x").addNull().add(2.5).add(1L << 40));
        assertEquals(sent, await(kernel.<JsonObject>call("same", "echo", sent)));
        await(kernel.unload("same"));
        assertEquals(PluginState.INSTALLED, state("same"));
    }
}
