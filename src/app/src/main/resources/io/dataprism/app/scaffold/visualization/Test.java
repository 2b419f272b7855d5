package {{package}};

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Export;
import io.dataprism.api.FailureKind;
import io.dataprism.testkit.PluginContract;
import io.dataprism.testkit.PluginTest;
import io.dataprism.testkit.PluginUnderTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

@PluginTest(config = "{\"color\": \"teal\"}")
class {{class}}Test implements PluginContract {
    private static final JsonObject DRAW = new JsonObject()
            .put("data", new JsonArray().add(new JsonObject().put("value", 40)).add(new JsonObject().put("value", 80)));

    /** What a good request looks like; the tests of PluginContract use it. */
    @Override
    public List<Sample> samples() {
        return List.of(new Sample("render", DRAW));
    }

    @Test
    void drawsABarForEachRow(PluginUnderTest plugin) {
        JsonObject view = plugin.call("render", DRAW);
        Export svg = Export.fromJson(plugin.call("export", new JsonObject().put("view", view).put("format", "svg")));
        assertEquals(2, svg.content().toString().split("fill=\"teal\"", -1).length - 1);
    }

    @Test
    void knowsSvgOnly(PluginUnderTest plugin) {
        JsonObject request = new JsonObject().put("view", plugin.call("render", DRAW)).put("format", "gif");
        assertTrue(plugin.callFailure(FailureKind.INVALID, "export", request)
                .getMessage()
                .contains("Unsupported format: gif"));
    }
}
