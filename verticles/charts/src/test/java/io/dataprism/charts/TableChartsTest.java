package io.dataprism.charts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Export;
import io.dataprism.api.FailureKind;
import io.dataprism.testkit.PluginTest;
import io.dataprism.testkit.PluginUnderTest;
import io.dataprism.testkit.TestKernel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Charts of tables by their handles, with the plugin that keeps them. */
@PluginTest(shared = true, config = "{\"maxRows\": 2000}")
class TableChartsTest {
    private static final Pattern LABEL = Pattern.compile("aria-label=\"[^\"]*\"");

    private static PluginUnderTest tables;
    private static PluginUnderTest charts;

    @BeforeAll
    static void take(TestKernel kernel, PluginUnderTest plugin) {
        tables = kernel.load(Path.of("..", "tables"));
        charts = plugin;
    }

    /** Rows of every kind that a chart is picked for, some values missing. */
    private static JsonArray sightings(int count) {
        Random random = new Random(7);
        JsonArray rows = new JsonArray();
        for (int i = 0; i < count; i++) {
            int kind = random.nextInt(4);
            double length = 20 + 5 * kind + random.nextGaussian() * 2;
            rows.add(new JsonObject()
                    .put(
                            "seen on",
                            LocalDate.of(2023, 1, 1)
                                    .plusDays(random.nextInt(300))
                                    .toString())
                    .put("species", "species " + kind)
                    .put("it's habitat", "habitat " + (kind + random.nextInt(3)))
                    .put("length_mm", random.nextInt(20) == 0 ? null : length)
                    .put("weight_g", length * 3 + random.nextGaussian() * 4)
                    .put("longitude", -20 + random.nextDouble() * 30)
                    .put("latitude", 40 + random.nextDouble() * 20));
        }
        return rows;
    }

    private static JsonObject table(JsonArray rows) {
        return tables.call("table-create", new JsonObject().put("rows", rows));
    }

    private static JsonObject render(Object data, JsonObject config) {
        return charts.call("render", new JsonObject().put("data", data).put("config", config));
    }

    private static String svg(JsonObject view) {
        return Export.fromJson(
                        charts.call("export", new JsonObject().put("view", view).put("format", "svg")))
                .content()
                .toString();
    }

    private static List<String> labels(String svg) {
        return LABEL.matcher(svg).results().map(MatchResult::group).sorted().toList();
    }

    @Test
    void drawsATableLikeTheSameRows() {
        JsonArray rows = sightings(200);
        JsonObject spec = ChartsPluginTest.json(
                "{'spec':{'mark':'point','encoding':{'x':{'field':'length_mm','type':'quantitative'},"
                        + "'y':{'field':'weight_g','type':'quantitative'},'color':{'field':'species'}}}}");
        assertEquals(svg(render(rows, spec)), svg(render(table(rows), spec)));
    }

    @Test
    void reducesATableToTheSamePictureAsItsRows() {
        JsonArray rows = sightings(900);
        JsonObject table = table(rows);
        JsonObject profile = tables.call("analyze", new JsonObject().put("data", table));
        JsonObject config = new JsonObject().put("auto", true).put("profile", profile);
        int most = 9;
        for (int rank = 1; rank <= most; rank++) {
            config.put("rank", rank);
            JsonObject ofTable = render(table, config);
            JsonObject ofRows = render(rows, config);
            JsonObject told = charts.call("describe", new JsonObject().put("view", ofTable));
            String chart = rank + " " + told.getString("kind") + " " + told.getString("title");
            assertEquals(labels(svg(ofRows)), labels(svg(ofTable)), chart);
            assertEquals(new JsonArray(), told.getJsonArray("notes"), chart);
        }
    }

    @Test
    void findsOutAboutATableWithoutAProfile() {
        JsonObject suggested = charts.call(
                "suggest",
                new JsonObject().put("data", table(sightings(500))).put("config", new JsonObject().put("limit", 12)));
        List<String> kinds = suggested.getJsonArray("charts").stream()
                .map(one -> ((JsonObject) one).getString("kind"))
                .distinct()
                .sorted()
                .toList();
        assertEquals(List.of("bar", "box", "heatmap", "histogram", "line", "map", "scatter"), kinds, suggested::encode);
    }

    @Test
    void samplesALongTableAndSaysSo() {
        JsonObject view = render(
                table(sightings(5_000)),
                ChartsPluginTest.json(
                        "{'spec':{'mark':'bar','encoding':{'x':{'field':'species'},'y':{'aggregate':'count'}}}}"));
        JsonObject told = charts.call("describe", new JsonObject().put("view", view));
        assertEquals(
                new JsonArray()
                        .add(
                                "Shows a sample of 1,667 of the table's 5,000 rows. Aggregate the table first to show them all."),
                told.getJsonArray("notes"));
    }

    @Test
    void namesTheColumnThatATableDoesNotHave() {
        JsonObject request = new JsonObject()
                .put("data", table(sightings(10)))
                .put("config", ChartsPluginTest.json("{'spec':{'mark':'bar','encoding':{'x':{'field':'spezies'}}}}"));
        String message =
                charts.callFailure(FailureKind.INVALID, "render", request).getMessage();
        assertTrue(message.contains("the data has no column 'spezies', did you mean 'species'?"), message);
    }
}
