package io.dataprism.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Call;
import io.dataprism.api.Category;
import io.dataprism.api.DataProcessingPlugin;
import io.dataprism.api.Dataset;
import io.dataprism.api.Export;
import io.dataprism.api.FailureKind;
import io.dataprism.api.InlineRows;
import io.dataprism.api.IntegrationPlugin;
import io.dataprism.api.PluginException;
import io.dataprism.api.View;
import io.dataprism.api.VisualizationPlugin;
import io.dataprism.testkit.PluginJar;
import io.dataprism.testkit.PluginUnderTest;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PagePluginTypesTest extends PageTest {
    private static final JsonArray ROWS =
            new JsonArray().add(json().put("n", 3)).add(json().put("n", 4));

    /** Draws lines of the letter that its config names, in the container that it names. */
    public static final class TextChart implements VisualizationPlugin {
        private final Map<String, String> views = new HashMap<>();

        @Override
        public Future<View> render(Call call, Dataset data, JsonObject config) {
            View view = new View(
                    "test",
                    call.caller().label(),
                    "v" + views.size(),
                    Instant.now().plusSeconds(60));
            views.put(view.id(), draw(data, config));
            return Future.succeededFuture(view);
        }

        @Override
        public Future<Void> update(Call call, View view, Dataset data, JsonObject config) {
            views.put(view.id(), draw(data, config));
            return Future.succeededFuture();
        }

        @Override
        public Future<Export> export(Call call, View view, String format, JsonObject config) {
            return format.equals("svg")
                    ? Future.succeededFuture(new Export(
                            "svg",
                            "image/svg+xml",
                            Buffer.buffer("<svg><text>" + views.get(view.id()) + "</text></svg>")))
                    : Future.failedFuture(VisualizationPlugin.unsupportedFormat(format));
        }

        @Override
        public Future<Void> release(Call call, View view) {
            views.remove(view.id());
            return Future.succeededFuture();
        }

        private static String draw(Dataset data, JsonObject config) {
            StringBuilder lines = new StringBuilder(config.getString("container")).append(": ");
            ((InlineRows) data)
                    .rows()
                    .forEach(row -> lines.append(config.getString("letter").repeat(((JsonObject) row).getInteger("n")))
                            .append(' '));
            return lines.toString().strip();
        }
    }

    /** Multiplies numbers by what its config says. */
    public static final class Multiplying implements DataProcessingPlugin {
        @Override
        public Future<Dataset> transform(Call call, Dataset data, JsonObject config) {
            int by = config.getInteger("by");
            JsonArray products = new JsonArray();
            ((InlineRows) data)
                    .rows()
                    .forEach(row -> products.add(new JsonObject().put("n", ((JsonObject) row).getInteger("n") * by)));
            return Future.succeededFuture(new InlineRows(products));
        }

        @Override
        public Future<JsonObject> analyze(Call call, Dataset data, JsonObject config) {
            return Future.succeededFuture(new JsonObject()
                    .put(config.getString("count"), ((InlineRows) data).rows().size()));
        }

        @Override
        public Future<JsonObject> validate(Call call, Dataset data, JsonObject schema) {
            boolean valid = ((InlineRows) data)
                    .rows().stream().allMatch(row -> ((JsonObject) row).getInteger("n") <= schema.getInteger("most"));
            return Future.succeededFuture(new JsonObject().put("valid", valid));
        }
    }

    /** Keeps rows in drawers in memory, each behind a connection of its own. */
    public static final class Drawers implements IntegrationPlugin {
        private final Map<String, JsonArray> drawers = new HashMap<>();

        @Override
        public Future<Connection> connect(Call call, JsonObject config) {
            String id = "to " + config.getString("drawer");
            drawers.put(id, new JsonArray());
            return Future.succeededFuture(new Connection(id, config));
        }

        @Override
        public Future<Fetched> fetch(Call call, String connection, JsonObject query, JsonObject options) {
            JsonArray found = new JsonArray();
            drawers.get(connection).stream()
                    .filter(row -> ((JsonObject) row).getInteger("n") >= query.getInteger("least"))
                    .limit(options.getInteger("limit"))
                    .forEach(found::add);
            return Future.succeededFuture(
                    new Fetched(new InlineRows(found), query.copy().mergeIn(options)));
        }

        @Override
        public Future<JsonObject> sync(Call call, String connection, Dataset data, JsonObject config) {
            JsonArray kept = drawers.get(connection);
            if (config.getString("mode").equals("replace")) {
                kept.clear();
            }
            kept.addAll(((InlineRows) data).rows());
            return Future.succeededFuture(new JsonObject().put("kept", kept.size()));
        }

        @Override
        public Future<Void> disconnect(Call call, String connection) {
            return Future.succeededFuture();
        }

        @Override
        public Future<Health> health(Call call) {
            return Future.succeededFuture(new Health(true, new JsonObject()));
        }
    }

    private PluginUnderTest chart() {
        return kernel.load(
                PluginJar.of("chart").category(Category.VISUALIZATION).main(TextChart.class));
    }

    @Test
    @DisplayName("Visualization Plugins: category 'visualization', capabilities render, update, export")
    void visualizationHasItsCapabilities() {
        PluginUnderTest chart = chart();
        assertEquals(Category.VISUALIZATION, chart.manifest().category());
        assertTrue(chart.manifest().capabilities().containsAll(Set.of("render", "update", "export")));
    }

    @Test
    @DisplayName(
            "Visualization Plugins: render(data, config) makes a view, update(element, data, config) changes it, export(element, format) gives a file")
    void renderUpdateExport() {
        PluginUnderTest chart = chart();
        JsonObject view = chart.call("render", json().put("data", ROWS).put("config", drawing("left", "x")));
        JsonObject other = chart.call("render", json().put("data", ROWS).put("config", drawing("right", "z")));
        assertEquals("host", View.fromJson(view).owner());
        assertEquals("<svg><text>left: xxx xxxx</text></svg>", svg(chart, view));
        tell(
                chart,
                "update",
                json().put("view", view)
                        .put("data", new JsonArray().add(json().put("n", 1)))
                        .put("config", drawing("top", "y")));
        assertEquals("<svg><text>top: y</text></svg>", svg(chart, view));
        assertEquals("<svg><text>right: zzz zzzz</text></svg>", svg(chart, other), "the other one is as it was");
    }

    private static JsonObject drawing(String container, String letter) {
        return json().put("container", container).put("letter", letter);
    }

    private static String svg(PluginUnderTest chart, JsonObject view) {
        return Export.fromJson(chart.call("export", json().put("view", view).put("format", "svg")))
                .content()
                .toString();
    }

    @Test
    @DisplayName("Visualization Plugins: export: Unsupported format: ${format}")
    void unsupportedFormat() {
        PluginUnderTest chart = chart();
        JsonObject view = chart.call("render", json().put("data", ROWS).put("config", drawing("left", "x")));
        assertEquals(
                "Unsupported format: gif",
                chart.callFailure(
                                FailureKind.INVALID,
                                "export",
                                json().put("view", view).put("format", "gif"))
                        .getMessage());
    }

    @Test
    @DisplayName(
            "Data Processing Plugins: category 'processing'; transform(data, config), analyze(data, config), validate(data, schema)")
    void processing() {
        PluginUnderTest multiplying = kernel.load(
                PluginJar.of("multiplying").category(Category.PROCESSING).main(Multiplying.class));
        assertEquals(Category.PROCESSING, multiplying.manifest().category());
        assertEquals(
                Set.of("transform", "analyze", "validate"),
                multiplying.manifest().capabilities());
        JsonArray products =
                multiplying.reply("transform", json().put("data", ROWS).put("config", json().put("by", 5)));
        assertEquals(new JsonArray().add(json().put("n", 15)).add(json().put("n", 20)), products);
        assertEquals(
                json().put("how many", 2),
                multiplying.call("analyze", json().put("data", ROWS).put("config", json().put("count", "how many"))));
        assertEquals(json().put("valid", true), multiplying.call("validate", most(4)));
        assertEquals(json().put("valid", false), multiplying.call("validate", most(3)));
    }

    private static JsonObject most(int number) {
        return json().put("data", ROWS).put("schema", json().put("most", number));
    }

    @Test
    @DisplayName(
            "Integration Plugins: category 'integration'; connect(config), fetch(query, options), sync(data, config)")
    void integration() {
        PluginUnderTest drawers = kernel.load(
                PluginJar.of("drawers").category(Category.INTEGRATION).main(Drawers.class));
        assertEquals(Category.INTEGRATION, drawers.manifest().category());
        assertTrue(drawers.manifest().capabilities().containsAll(Set.of("connect", "fetch", "sync")));
        JsonObject upper = connection(drawers, "upper");
        JsonObject lower = connection(drawers, "lower");
        assertEquals(2, sync(drawers, upper, "replace"));
        assertEquals(4, sync(drawers, upper, "append"));
        assertEquals(2, sync(drawers, lower, "append"));
        assertEquals(2, sync(drawers, upper, "replace"));
        assertEquals(4, sync(drawers, lower, "append"), "the other connection is as it was");
        assertEquals(ROWS, fetch(drawers, upper, 3, 9));
        assertEquals(new JsonArray().add(ROWS.getValue(1)), fetch(drawers, upper, 4, 9), "what the query asks for");
        assertEquals(new JsonArray().add(ROWS.getValue(0)), fetch(drawers, upper, 3, 1), "as the options say");
        assertEquals(2, fetch(drawers, lower, 4, 9).size(), "through the connection that is named");
    }

    private static JsonObject connection(PluginUnderTest drawers, String drawer) {
        JsonObject config = json().put("drawer", drawer);
        JsonObject made = drawers.call("connect", json().put("config", config));
        assertEquals(json().put("connection", "to " + drawer).put("details", config), made);
        return json().put("connection", made.getString("connection"));
    }

    private static int sync(PluginUnderTest drawers, JsonObject on, String mode) {
        return drawers.call("sync", on.copy().put("data", ROWS).put("config", json().put("mode", mode)))
                .getInteger("kept");
    }

    private static JsonArray fetch(PluginUnderTest drawers, JsonObject on, int least, int limit) {
        JsonObject query = json().put("least", least);
        JsonObject options = json().put("limit", limit);
        JsonObject fetched = drawers.call("fetch", on.copy().put("query", query).put("options", options));
        assertEquals(query.copy().mergeIn(options), fetched.getJsonObject("report"));
        return fetched.getJsonArray("data");
    }

    @Test
    @DisplayName(
            "Plugin Types: this.category, this.capabilities: each of the three kinds is refused under another category, whose capabilities it lacks")
    void aKindHasItsCategory() {
        assertRefused(PluginJar.of("chart").category(Category.PROCESSING).main(TextChart.class));
        assertRefused(PluginJar.of("multiplying").category(Category.INTEGRATION).main(Multiplying.class));
        assertRefused(PluginJar.of("drawers").category(Category.VISUALIZATION).main(Drawers.class));
    }

    private void assertRefused(PluginJar jar) {
        PluginException refusal = kernel.install(jar).loadFailure();
        assertEquals("DP-0817", refusal.code(), refusal.getMessage());
    }
}
