package {{package}};

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.api.FailureKind;
import io.dataprism.testkit.PluginContract;
import io.dataprism.testkit.PluginTest;
import io.dataprism.testkit.PluginUnderTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

@PluginTest
class {{class}}Test implements PluginContract {
    private static final JsonArray ROWS = new JsonArray().add(new JsonObject().put("name", "Ada"));

    /** What a good request looks like; the tests of PluginContract use it. */
    @Override
    public List<Sample> samples() {
        return List.of(new Sample("connect", new JsonObject()), new Sample("health", new JsonObject()));
    }

    @Test
    void givesBackWhatItWasGiven(PluginUnderTest plugin) {
        String id = plugin.call("connect", new JsonObject()).getString("connection");
        JsonObject connection = new JsonObject().put("connection", id);
        assertEquals(new JsonArray(), plugin.call("fetch", connection).getJsonArray("data"));
        plugin.call("sync", connection.copy().put("data", ROWS));
        assertEquals(ROWS, plugin.call("fetch", connection).getJsonArray("data"));
    }

    @Test
    void wantsAConnection(PluginUnderTest plugin) {
        plugin.callFailure(FailureKind.INVALID, "fetch", new JsonObject().put("connection", "none"));
    }
}
