package io.dataprism.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.testkit.PluginTest;
import io.dataprism.testkit.PluginUnderTest;
import io.dataprism.testkit.TestKernel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** DuckDB's JNI library keeps its classes for good; neither the plugin's own classes nor further copies of the library may stay with it. */
@PluginTest
class ReloadTest {
    private static final int RELOADS = 50;

    @Test
    void manyReloadsLeaveOneNativeLibraryAndNothingElse(TestKernel kernel, PluginUnderTest tables) {
        for (int i = 0; i < RELOADS; i++) {
            JsonArray rows = tables.reply(
                    "transform",
                    new JsonObject("{\"data\":[{\"a\":" + i
                            + "}],\"config\":{\"sql\":\"SELECT a + 1 AS b FROM data\",\"as\":\"rows\"}}"));
            assertEquals(i + 1, rows.getJsonObject(0).getInteger("b"));
            tables.reload();
        }
        tables.unload();
        kernel.awaitCollected();
        JsonObject check = (JsonObject) kernel.events("kernel.check").next().body();
        assertEquals(1, check.getJsonArray("native").size(), check::encode);
    }
}
