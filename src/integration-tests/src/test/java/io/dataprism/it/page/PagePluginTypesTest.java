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

    /** Draws lines of x. */
    public static final class TextChart implements VisualizationPlugin {
        private final Map<String, String> views = new HashMap<>();

        @Override
        public Future<View> render(Call call, Dataset data, JsonObject config) {
            View view = new View(
                    "test",
                    call.caller().label(),
                    "v" + views.size(),
                    Instant.now().plusSeconds(60));
            views.put(view.id(), draw(data));
            return Future.succeededFuture(view);
        }

        @Override
        public Future<Void> update(Call call, View view, Dataset data, JsonObject config) {
            views.put(view.id(), draw(data));
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

        private static String draw(Dataset data) {
            StringBuilder lines = new StringBuilder();
            ((InlineRows) data)
                    .rows()
                    .forEach(row -> lines.append("x".repeat(((JsonObject) row).getInteger("n")))
                            .append(' '));
            return lines.toString().strip();
        }
    }

    /** Doubles numbers. */
    public static final class Doubling implements DataProcessingPlugin {
        @Override
        public Future<Dataset> transform(Call call, Dataset data, JsonObject config) {
            JsonArray doubled = new JsonArray();
            ((InlineRows) data)
                    .rows()
                    .forEach(row -> doubled.add(new JsonObject().put("n", ((JsonObject) row).getInteger("n") * 2)));
            return Future.succeededFuture(new InlineRows(doubled));
        }

        @Override
        public Future<JsonObject> analyze(Call call, Dataset data, JsonObject config) {
            return Future.succeededFuture(
                    new JsonObject().put("rows", ((InlineRows) data).rows().size()));
        }

        @Override
        public Future<JsonObject> validate(Call call, Dataset data, JsonObject schema) {
            return Future.succeededFuture(new JsonObject().put("valid", true));
        }
    }

    /** Keeps rows in memory, behind a connection. */
    public static final class Drawer implements IntegrationPlugin {
        private JsonArray kept = new JsonArray();

        @Override
        public Future<Connection> connect(Call call, JsonObject config) {
            return Future.succeededFuture(new Connection("drawer-1", new JsonObject()));
        }

        @Override
        public Future<Fetched> fetch(Call call, String connection, JsonObject query, JsonObject options) {
            return Future.succeededFuture(new Fetched(new InlineRows(kept), new JsonObject()));
        }

        @Override
        public Future<JsonObject> sync(Call call, String connection, Dataset data, JsonObject config) {
            kept = ((InlineRows) data).rows();
            return Future.succeededFuture(new JsonObject().put("written", kept.size()));
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
        JsonObject view = chart.call("render", json().put("data", ROWS));
        assertEquals("host", View.fromJson(view).owner());
        assertEquals("<svg><text>xxx xxxx</text></svg>", svg(chart, view));
        tell(chart, "update", json().put("view", view).put("data", new JsonArray().add(json().put("n", 1))));
        assertEquals("<svg><text>x</text></svg>", svg(chart, view));
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
        JsonObject view = chart.call("render", json().put("data", ROWS));
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
        PluginUnderTest doubling = kernel.load(
                PluginJar.of("doubling").category(Category.PROCESSING).main(Doubling.class));
        assertEquals(
                Set.of("transform", "analyze", "validate"), doubling.manifest().capabilities());
        JsonArray doubled = doubling.reply("transform", json().put("data", ROWS));
        assertEquals(new JsonArray().add(json().put("n", 6)).add(json().put("n", 8)), doubled);
        assertEquals(2, doubling.call("analyze", json().put("data", ROWS)).getInteger("rows"));
        assertEquals(true, doubling.call("validate", json().put("data", ROWS)).getBoolean("valid"));
    }

    @Test
    @DisplayName(
            "Integration Plugins: category 'integration'; connect(config), fetch(query, options), sync(data, config)")
    void integration() {
        PluginUnderTest drawer = kernel.load(
                PluginJar.of("drawer").category(Category.INTEGRATION).main(Drawer.class));
        assertTrue(drawer.manifest().capabilities().containsAll(Set.of("connect", "fetch", "sync")));
        String connection = drawer.call("connect", json()).getString("connection");
        JsonObject on = json().put("connection", connection);
        assertEquals(2, drawer.call("sync", on.copy().put("data", ROWS)).getInteger("written"));
        assertEquals(ROWS, drawer.call("fetch", on).getJsonArray("data"));
    }
}
