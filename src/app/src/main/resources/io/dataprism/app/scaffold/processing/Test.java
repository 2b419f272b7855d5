package {{package}};

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.dataprism.testkit.PluginContract;
import io.dataprism.testkit.PluginTest;
import io.dataprism.testkit.PluginUnderTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

@PluginTest
class {{class}}Test implements PluginContract {
    private static final JsonObject ADA = new JsonObject().put("name", "Ada");
    private static final JsonArray ROWS = new JsonArray().add(ADA).add(new JsonObject().put("age", 7));

    /** What a good request looks like; the tests of PluginContract use it. */
    @Override
    public List<Sample> samples() {
        return List.of(new Sample("analyze", on("config", "column")));
    }

    private static JsonObject on(String what, String key) {
        return new JsonObject().put("data", ROWS).put(what, new JsonObject().put(key, "name"));
    }

    @Test
    void keepsTheRowsThatHaveAValue(PluginUnderTest plugin) {
        JsonArray kept = plugin.reply("transform", on("config", "column"));
        assertEquals(new JsonArray().add(ADA), kept);
    }

    @Test
    void countsWhatIsMissing(PluginUnderTest plugin) {
        JsonObject analysis = plugin.call("analyze", on("config", "column"));
        assertEquals(new JsonObject().put("rows", 2).put("missing", 1), analysis);
    }

    @Test
    void namesTheFailingRows(PluginUnderTest plugin) {
        JsonObject report = plugin.call("validate", on("schema", "required"));
        assertFalse(report.getBoolean("valid"));
        assertEquals(1, report.getJsonArray("failing").size());
    }
}
