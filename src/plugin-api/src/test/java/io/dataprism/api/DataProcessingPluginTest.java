package io.dataprism.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A processing plugin is callable at transform, analyze and validate without a line of its own for it. */
class DataProcessingPluginTest {
    private final Capabilities capabilities = new Head().capabilities();
    private final JsonArray rows =
            new JsonArray().add(new JsonObject().put("a", 1)).add(new JsonObject().put("a", 2));

    /** Keeps the first rows. */
    private static final class Head implements DataProcessingPlugin {
        @Override
        public Future<Dataset> transform(Call call, Dataset data, JsonObject config) {
            JsonArray kept = new JsonArray();
            ((InlineRows) data)
                    .rows().stream().limit(config.getInteger("rows", 1)).forEach(kept::add);
            return Future.succeededFuture(new InlineRows(kept));
        }

        @Override
        public Future<JsonObject> analyze(Call call, Dataset data, JsonObject config) {
            return Future.succeededFuture(
                    new JsonObject().put("rows", ((InlineRows) data).rows().size()));
        }

        @Override
        public Future<JsonObject> validate(Call call, Dataset data, JsonObject schema) {
            return Future.succeededFuture(new JsonObject().put("required", schema.getValue("required")));
        }
    }

    @Test
    void offersThePagesThreeCapabilities() {
        assertEquals(Set.of("transform", "analyze", "validate"), capabilities.names());
    }

    @Test
    void transformTakesDataAndConfigAndAnswersWithData() throws Exception {
        JsonObject request = new JsonObject().put("data", rows);
        assertEquals(
                new JsonArray().add(new JsonObject().put("a", 1)), Calling.reply(capabilities, "transform", request));
        request.put("config", new JsonObject().put("rows", 2));
        assertEquals(rows, Calling.reply(capabilities, "transform", request));
    }

    @Test
    void analyzeAndValidateAnswerWithAReport() throws Exception {
        assertEquals(
                new JsonObject().put("rows", 2),
                Calling.reply(capabilities, "analyze", new JsonObject().put("data", rows)));
        JsonObject schema = new JsonObject().put("required", "a");
        assertEquals(
                schema,
                Calling.reply(
                        capabilities,
                        "validate",
                        new JsonObject().put("data", rows).put("schema", schema)));
    }

    @Test
    void aRequestWithoutDataOrWithWrongConfigIsInvalid() {
        for (String capability : capabilities.names()) {
            assertTrue(Calling.invalid(capabilities, capability, new JsonObject())
                    .getMessage()
                    .startsWith("Data must be"));
        }
        JsonObject wrong = new JsonObject().put("data", rows).put("config", "fast");
        assertEquals(
                "Field 'config' of a call to 'transform' must be an object, but is fast.",
                Calling.invalid(capabilities, "transform", wrong).getMessage());
    }
}
