package io.dataprism.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A visualization plugin is callable at render, update, export and release without a line of its own for it. */
class VisualizationPluginTest {
    private final Capabilities capabilities = new TextBars().capabilities();
    private final JsonArray rows = new JsonArray().add(new JsonObject().put("n", 3));

    /** Draws a row of x for each number. */
    private static final class TextBars implements VisualizationPlugin {
        private final Map<String, String> drawn = new HashMap<>();

        @Override
        public Future<View> render(Call call, Dataset data, JsonObject config) {
            View view = new View("n1", call.caller().label(), "v" + drawn.size(), Instant.ofEpochSecond(60));
            drawn.put(view.id(), draw(data, config));
            return Future.succeededFuture(view);
        }

        @Override
        public Future<Void> update(Call call, View view, Dataset data, JsonObject config) {
            drawn.put(view.id(), draw(data, config));
            return Future.succeededFuture();
        }

        @Override
        public Future<Export> export(Call call, View view, String format, JsonObject config) {
            return format.equals("txt")
                    ? Future.succeededFuture(new Export("txt", "text/plain", Buffer.buffer(drawn.get(view.id()))))
                    : Future.failedFuture(VisualizationPlugin.unsupportedFormat(format));
        }

        @Override
        public Future<Void> release(Call call, View view) {
            drawn.remove(view.id());
            return Future.succeededFuture();
        }

        private static String draw(Dataset data, JsonObject config) {
            int n = ((InlineRows) data).rows().getJsonObject(0).getInteger("n");
            return config.getString("mark", "x").repeat(n);
        }
    }

    private JsonObject render() throws Exception {
        return (JsonObject) Calling.reply(capabilities, "render", new JsonObject().put("data", rows));
    }

    private String exported(JsonObject view) throws Exception {
        JsonObject request = new JsonObject().put("view", view).put("format", "txt");
        return Export.fromJson((JsonObject) Calling.reply(capabilities, "export", request))
                .content()
                .toString();
    }

    @Test
    void offersThePagesThreeCapabilitiesAndAnEnd() {
        assertEquals(Set.of("render", "update", "export", "release"), capabilities.names());
    }

    @Test
    void renderAnswersWithAViewThatBelongsToTheCaller() throws Exception {
        View view = View.fromJson(render());
        assertEquals("asker", view.owner());
        assertEquals("xxx", exported(view.toJson()));
    }

    @Test
    void updateShowsOtherDataInTheSameView() throws Exception {
        JsonObject view = render();
        JsonObject request = new JsonObject()
                .put("view", view)
                .put("data", new JsonArray().add(new JsonObject().put("n", 2)))
                .put("config", new JsonObject().put("mark", "o"));
        Calling.reply(capabilities, "update", request);
        assertEquals("oo", exported(view));
    }

    @Test
    void anUnsupportedFormatSaysSo() throws Exception {
        JsonObject request = new JsonObject().put("view", render()).put("format", "gif");
        Future<?> reply = capabilities.handler("export").orElseThrow().handle(GivenCall.of("export", request));
        assertEquals("Unsupported format: gif", reply.cause().getMessage());
        assertEquals(FailureKind.INVALID, ((CallException) reply.cause()).kind());
    }

    @Test
    void aRequestWithoutDataOrViewIsInvalid() {
        assertTrue(Calling.invalid(capabilities, "render", new JsonObject())
                .getMessage()
                .contains("but is missing"));
        assertTrue(Calling.invalid(capabilities, "update", new JsonObject().put("data", rows))
                .getMessage()
                .contains("'$view'"));
        assertTrue(Calling.invalid(capabilities, "release", new JsonObject())
                .getMessage()
                .contains("'$view'"));
    }
}
