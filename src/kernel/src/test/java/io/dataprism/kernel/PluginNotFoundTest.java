package io.dataprism.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import io.dataprism.kernel.lifecycle.LoadOptions;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a caller is told when it calls a plugin that is not there. */
final class PluginNotFoundTest extends KernelTest {

    /** Two that have near names, and one that calls what it is told to and may call one of them. */
    @BeforeEach
    void install() throws Exception {
        load(PluginJar.of("charts").capability("render", "return Future.succeededFuture(\"drawn\");"));
        install(PluginJar.of("chart2").capability("render", "return Future.succeededFuture(\"drawn\");"));
        PluginJar asker = PluginJar.of("asker")
                .permission("call:charts:render")
                .permission("call:chart:*")
                .capability(
                        "ask",
                        "return context.calls().call(call.json().getString(\"plugin\"), call.json().getString(\"capability\"), null);");
        await(kernel.load(
                ArtifactSource.path(asker.in(folder)),
                LoadOptions.DEFAULT.grants("call:charts:render", "call:chart:*")));
    }

    private static String told(Throwable failure) {
        CallException told = Assertions.assertInstanceOf(CallException.class, failure);
        assertEquals(FailureKind.NO_SUCH_CAPABILITY, told.kind(), told.getMessage());
        return told.getMessage();
    }

    private String askerIsTold(String plugin, String capability) {
        JsonObject request = new JsonObject().put("plugin", plugin).put("capability", capability);
        return told(failure(kernel.call("asker", "ask", request)));
    }

    @Test
    void theHostIsToldAllNearNames() {
        assertEquals(
                "Plugin not found: chart. Did you mean 'chart2' or 'charts'?",
                told(failure(kernel.call("chart", "render", null))));
    }

    @Test
    void whereNoneIsNearItIsSaidWhatToDo() {
        assertEquals(
                "Plugin not found: weather. No plugin of that id is installed. Check the id, or install the plugin.",
                told(failure(kernel.call("weather", "render", null))));
    }

    @Test
    void aPluginIsToldOfThoseThatItMayCall() {
        assertEquals("Plugin not found: chart. Did you mean 'charts'?", askerIsTold("chart", "render"));
    }

    @Test
    void aPluginLearnsOfNoPluginThatItMayNotCall() {
        String nothing =
                "Plugin not found: %s. No plugin of that id is installed. Check the id, or install the plugin.";
        assertEquals(nothing.formatted("chart"), askerIsTold("chart", "export"));
        assertEquals(nothing.formatted("Chart2"), askerIsTold("Chart2", "export"));
        assertEquals("Plugin not found: Charts. Did you mean 'charts'?", askerIsTold("Charts", "render"));
    }
}
