package io.dataprism.charts.engine;

import io.vertx.core.json.JsonArray;
import java.text.NumberFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Shortens tables that are too long to draw: evenly spread rows, always the same ones, and a note that says so. */
final class Sampling {
    private Sampling() {}

    static Map<String, JsonArray> shorten(Map<String, JsonArray> data, int limit, List<String> notes) {
        Map<String, JsonArray> shortened = new LinkedHashMap<>();
        data.forEach(
                (name, rows) -> shortened.put(name, rows.size() <= limit ? rows : every(name, rows, limit, notes)));
        return shortened;
    }

    private static JsonArray every(String name, JsonArray rows, int limit, List<String> notes) {
        JsonArray kept = new JsonArray();
        for (int i = 0; i < limit; i++) {
            kept.add(rows.getValue((int) ((long) i * rows.size() / limit)));
        }
        NumberFormat count = NumberFormat.getIntegerInstance(Locale.ROOT);
        notes.add("Shows a sample of " + count.format(limit) + " of the " + count.format(rows.size()) + " rows of '"
                + name + "'. Aggregate the table first to show them all.");
        return kept;
    }
}
