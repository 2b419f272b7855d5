package io.dataprism.charts;

import io.dataprism.testkit.PluginTest;
import io.dataprism.testkit.PluginUnderTest;
import io.dataprism.testkit.TestKernel;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** The whole contract would start the engine cold six times; that its classes go away matters most, there are thousands of them. */
@PluginTest(config = "{\"warm\": false}")
class UnloadTest {
    @Test
    void theEngineIsCollectedAfterAnUnload(TestKernel kernel, PluginUnderTest charts) {
        JsonObject view = charts.call(
                "render",
                new JsonObject(
                        "{\"data\":[{\"a\":1,\"b\":2}],\"config\":{\"spec\":{\"mark\":\"bar\",\"encoding\":{\"x\":{\"field\":\"a\"},\"y\":{\"field\":\"b\"}}}}}"));
        charts.call("export", new JsonObject().put("view", view).put("format", "png"));
        charts.call("export", new JsonObject().put("view", view).put("format", "pdf"));
        charts.unload();
        kernel.awaitCollected();
    }
}
