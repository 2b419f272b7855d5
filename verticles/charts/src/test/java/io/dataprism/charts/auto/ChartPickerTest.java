package io.dataprism.charts.auto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChartPickerTest {
    private static Suggestion best(IntFunction<JsonObject> row) {
        return ChartPicker.pick(InlineProfile.of(rows(row)), 1).get(0);
    }

    private static JsonArray rows(IntFunction<JsonObject> row) {
        JsonArray rows = new JsonArray();
        for (int i = 0; i < 120; i++) {
            rows.add(row.apply(i));
        }
        return rows;
    }

    @Test
    void picksAHistogramForOneNumber() {
        assertEquals(
                "histogram",
                best(i -> new JsonObject().put("height", i * i % 97)).kind());
    }

    @Test
    void picksBarsForOneCategory() {
        assertEquals("bar", best(i -> new JsonObject().put("kind", "k" + i % 5)).kind());
    }

    @Test
    void picksALineForATimeAndANumber() {
        assertEquals(
                "line",
                best(i -> new JsonObject()
                                .put("day", String.format("2024-%02d-%02d", 1 + i / 28, 1 + i % 28))
                                .put("price", i % 31))
                        .kind());
    }

    @Test
    void marksEachOfAFewTimesAndNamesTheDays() {
        JsonArray rows = new JsonArray();
        for (int day = 1; day <= 9; day++) {
            rows.add(new JsonObject().put("day", "2024-03-0" + day).put("price", day == 5 ? null : day * day % 7));
        }
        JsonObject few = line(rows);
        assertEquals(true, few.getJsonObject("mark").getValue("point"));
        assertEquals(
                "day",
                few.getJsonObject("encoding")
                        .getJsonObject("x")
                        .getJsonObject("axis")
                        .getString("tickCount"));
        JsonObject many = line(rows(i -> new JsonObject()
                .put("day", String.format("2024-%02d-%02d", 1 + i / 28, 1 + i % 28))
                .put("price", i % 31)));
        assertFalse(many.getJsonObject("mark").containsKey("point"), many::encode);
        assertEquals(
                new JsonObject(),
                many.getJsonObject("encoding").getJsonObject("x").getJsonObject("axis"));
    }

    private static JsonObject line(JsonArray rows) {
        return ChartPicker.pick(InlineProfile.of(rows), 6).stream()
                .filter(chart -> chart.kind().equals("line"))
                .findFirst()
                .orElseThrow()
                .ofAllRows();
    }

    @Test
    void picksAMapForPlaces() {
        assertEquals(
                "map",
                best(i -> new JsonObject().put("lon", i - 60).put("lat", i % 50))
                        .kind());
    }

    @Test
    void drawsABarForEachNameOfATinyTable() {
        JsonArray rows = new JsonArray()
                .add(new JsonObject().put("species", "adelie").put("mass", 3700))
                .add(new JsonObject().put("species", "gentoo").put("mass", 5000));
        Suggestion chart = ChartPicker.pick(InlineProfile.of(rows), 6).get(0);
        assertEquals("bar", chart.kind());
        assertEquals("Mass by species", chart.title());
        rows.add(new JsonObject().put("species", "adelie").put("mass", 3900));
        assertEquals(
                "Average mass by species",
                ChartPicker.pick(InlineProfile.of(rows), 6).get(0).title());
    }

    @Test
    void doesNotTakeAKeyForANumber() {
        List<Suggestion> charts = ChartPicker.pick(
                InlineProfile.of(
                        rows(i -> new JsonObject().put("customer_id", i).put("kind", "k" + i % 3))),
                10);
        assertTrue(charts.stream().noneMatch(chart -> chart.columns().contains("customer_id")), charts::toString);
    }

    @Test
    void doesNotGiveALikeChartTwiceInARow() {
        List<Suggestion> charts = ChartPicker.pick(
                InlineProfile.of(rows(i -> new JsonObject()
                        .put("a", i * i % 89)
                        .put("b", i * 7 % 83)
                        .put("c", i * 11 % 79)
                        .put("kind", "k" + i % 4)
                        .put("other", "o" + i % 7))),
                3);
        assertEquals(3, charts.stream().map(Suggestion::kind).distinct().count(), charts::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "flipper_length_mm | Flipper length (mm)",
                "bodyMass | Body mass",
                "Body Mass (g) | Body mass (g)",
                "GDP | GDP",
                "share_pct | Share (%)",
                "price_usd | Price (USD)",
                "temp_min | Temp min"
            })
    void makesLabelsOfNames(String name, String label) {
        assertEquals(label, Wording.label(name));
    }

    @ParameterizedTest
    @CsvSource({"body_mass, body mass", "Umsatz in €, Umsatz in €", "Stück, Stück", "GDP, GDP"})
    void keepsACapitalOfANameWithinASentence(String name, String words) {
        assertEquals(words, Wording.inSentence(name));
    }

    @Test
    void groupsNothingByARemarkThatFewRowsHave() {
        List<Suggestion> charts = ChartPicker.pick(
                InlineProfile.of(rows(i -> new JsonObject()
                        .put("a", i * i % 97)
                        .put("b", i * i % 97 + i % 5)
                        .put("remark", i % 10 == 0 ? "r" + i % 3 : null))),
                6);
        assertTrue(charts.stream().anyMatch(chart -> chart.kind().equals("scatter")), charts::toString);
        assertTrue(charts.stream().noneMatch(chart -> chart.columns().contains("remark")), charts::toString);
    }

    @ParameterizedTest
    @CsvSource({"0,100,30,5", "0,1,30,0.05", "-3,3,12,0.5", "0,7,10,1"})
    void countsInRoundSteps(double low, double high, int bins, double step) {
        assertEquals(step, Steps.of(low, high, bins), 1e-12);
    }
}
