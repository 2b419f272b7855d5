package {{package}};

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.api.FailureKind;
import io.dataprism.testkit.EventProbe;
import io.dataprism.testkit.PluginContract;
import io.dataprism.testkit.PluginTest;
import io.dataprism.testkit.PluginUnderTest;
import io.dataprism.testkit.TestKernel;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

@PluginTest(config = "{\"greeting\": \"Good morning\"}")
class {{class}}Test implements PluginContract {
    private static final JsonObject ADA = new JsonObject().put("name", "Ada");

    /** What a good request looks like; the tests of PluginContract use it. */
    @Override
    public List<Sample> samples() {
        return List.of(new Sample("greet", ADA));
    }

    @Test
    void greetsAndTellsEverybody(PluginUnderTest plugin, TestKernel kernel) {
        EventProbe greeted = kernel.events("{{id}}.greeted");
        JsonObject greeting = plugin.call("greet", ADA);
        assertEquals("Good morning, Ada!", greeting.getString("text"));
        assertEquals(greeting, greeted.next().body());
    }

    @Test
    void wantsAName(PluginUnderTest plugin) {
        plugin.callFailure(FailureKind.INVALID, "greet", new JsonObject());
    }
}
