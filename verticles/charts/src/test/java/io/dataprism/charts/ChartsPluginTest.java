package io.dataprism.charts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.dataprism.api.Export;
import io.dataprism.api.FailureKind;
import io.dataprism.testkit.PluginTest;
import io.dataprism.testkit.PluginUnderTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One kernel for all tests: the engine of a newly loaded plugin starts cold, which takes seconds. */
@PluginTest(shared = true)
class ChartsPluginTest {
    private static final JsonArray ROWS =
            json("{'rows':[{'month':'Jan','mm':81},{'month':'Feb','mm':62},{'month':'Mar','mm':70}]}")
                    .getJsonArray("rows");
    private static final JsonObject BARS = json(
            "{'spec':{'title':'Rainfall','mark':'bar','encoding':{'x':{'field':'month'},'y':{'field':'mm','type':'quantitative'}}}}");

    private static PluginUnderTest charts;

    @BeforeAll
    static void take(PluginUnderTest plugin) {
        charts = plugin;
    }

    static JsonObject json(String text) {
        return new JsonObject(text.replace('\'', '"'));
    }

    private static JsonObject render(JsonArray rows, JsonObject config) {
        return charts.call("render", new JsonObject().put("data", rows).put("config", config));
    }

    private static Export export(JsonObject view, String format) {
        return Export.fromJson(
                charts.call("export", new JsonObject().put("view", view).put("format", format)));
    }

    private static String svg(JsonObject view) {
        return export(view, "svg").content().toString();
    }

    @Test
    @DisplayName("Visualization Plugins: exportPNG(element), exportSVG(element), exportPDF(element)")
    void rendersASpecificationAndExportsItInEachFormat() {
        JsonObject view = render(ROWS, BARS);
        assertTrue(svg(view).contains(">Rainfall</text>"));
        Export png = export(view, "png");
        assertEquals("image/png", png.mediaType());
        assertEquals("PNG", png.content().getString(1, 4));
        Export pdf = export(view, "pdf");
        assertEquals("application/pdf", pdf.mediaType());
        assertEquals("%PDF", pdf.content().getString(0, 4));
    }

    @Test
    void exportsTheSameBytesEachTime() {
        JsonObject view = render(ROWS, BARS);
        JsonObject other = render(ROWS, BARS);
        for (String format : Arrays.asList("svg", "png", "pdf")) {
            assertArrayEquals(
                    export(view, format).content().getBytes(),
                    export(other, format).content().getBytes());
        }
    }

    @Test
    void refusesAFormatThatItDoesNotKnow() {
        JsonObject view = render(ROWS, BARS);
        CallException failure = charts.callFailure(
                FailureKind.INVALID,
                "export",
                new JsonObject().put("view", view).put("format", "gif"));
        assertEquals("Unsupported format: gif", failure.getMessage());
    }

    @Test
    void updatesAViewWithOtherDataAndTheSameSpecification() {
        JsonObject view = render(ROWS, BARS);
        String before = svg(view);
        JsonArray more = ROWS.copy().add(new JsonObject().put("month", "Apr").put("mm", 44));
        charts.reply("update", new JsonObject().put("view", view).put("data", more));
        assertFalse(before.contains(">Apr</text>"));
        assertTrue(svg(view).contains(">Apr</text>"));
    }

    @Test
    void forgetsAViewThatWasReleased() {
        JsonObject view = render(ROWS, BARS);
        charts.reply("release", new JsonObject().put("view", view));
        CallException failure = charts.callFailure(
                FailureKind.INVALID,
                "export",
                new JsonObject().put("view", view).put("format", "svg"));
        assertTrue(failure.getMessage().contains("holds no such view"), failure.getMessage());
    }

    @Test
    void picksAChartAndSaysWhy() {
        JsonArray rows = new JsonArray();
        for (int i = 0; i < 200; i++) {
            rows.add(new JsonObject()
                    .put("height", i % 17)
                    .put("weight", (i % 17) * 3 + i * 7 % 23)
                    .put("kind", i % 3 == 0 ? "a" : "b"));
        }
        JsonObject view = render(rows, json("{'auto':true}"));
        JsonObject told = charts.call("describe", new JsonObject().put("view", view));
        assertEquals("scatter", told.getString("kind"), told::encode);
        assertTrue(told.getString("why").contains("correlation"), told::encode);
        JsonObject second = render(rows, json("{'auto':true,'rank':2}"));
        assertNotEquals(svg(view), svg(second));
    }

    @Test
    void suggestsChartsWhoseSpecificationsCanBeRendered() {
        JsonArray rows = new JsonArray();
        for (int i = 0; i < 60; i++) {
            rows.add(new JsonObject()
                    .put("when", "2024-01-" + (10 + i % 20))
                    .put("sold", i * 7 % 31)
                    .put("shop", "s" + i % 4));
        }
        JsonArray suggested =
                charts.call("suggest", new JsonObject().put("data", rows)).getJsonArray("charts");
        assertTrue(suggested.size() >= 3, suggested::encode);
        suggested.forEach(one -> {
            JsonObject spec = ((JsonObject) one).getJsonObject("spec");
            assertTrue(svg(render(rows, new JsonObject().put("spec", spec))).startsWith("<svg"));
        });
    }

    @Test
    void namesTheWrongFieldOfASpecification() {
        CallException failure = charts.callFailure(
                FailureKind.INVALID,
                "render",
                new JsonObject()
                        .put("data", ROWS)
                        .put("config", json("{'spec':{'mark':'bar','encoding':{'x':{'filed':'month'}}}}")));
        assertEquals("DP-1201", failure.code());
        assertTrue(failure.getMessage().contains("encoding.x.filed: unknown property 'filed', did you mean 'field'?"));
    }

    @Test
    void namesTheWrongFieldOfAConfig() {
        CallException failure = charts.callFailure(
                FailureKind.INVALID,
                "render",
                new JsonObject().put("data", ROWS).put("config", json("{'auto':true,'rnk':2}")));
        assertEquals("The chart's config has the unknown field 'rnk', did you mean 'rank'?", failure.getMessage());
    }

    @Test
    void asksForEitherASpecificationOrAuto() {
        CallException failure = charts.callFailure(
                FailureKind.INVALID,
                "render",
                new JsonObject().put("data", ROWS).put("config", new JsonObject()));
        assertEquals(
                "The chart's config needs either 'spec', a Vega-Lite specification, or 'auto': true.",
                failure.getMessage());
    }

    @Test
    void saysThatNoChartFits() {
        CallException failure = charts.callFailure(
                FailureKind.INVALID,
                "render",
                new JsonObject().put("data", new JsonArray("[{\"only\":1}]")).put("config", json("{'auto':true}")));
        assertTrue(
                failure.getMessage().startsWith("No chart of rank 1 fits: 0 fit the 1 columns and 1 rows."),
                failure.getMessage());
    }
}
