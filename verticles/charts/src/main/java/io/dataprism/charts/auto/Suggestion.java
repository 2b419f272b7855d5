package io.dataprism.charts.auto;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * A chart that fits a table.
 *
 * @param kind for example {@code histogram}
 * @param score how well it fits, from 0 to 100
 * @param why what speaks for it, in a sentence
 * @param columns those that it shows
 * @param query reduces the table, which it calls {@code t}, to the rows that are drawn; empty where {@code view} has its own
 * @param transform Vega-Lite's transforms that do the same as {@code query}
 * @param view the Vega-Lite specification of the reduced rows
 */
public record Suggestion(
        String kind,
        double score,
        String title,
        String subtitle,
        String why,
        List<String> columns,
        Optional<String> query,
        JsonArray transform,
        JsonObject view) {

    public Suggestion {
        columns = List.copyOf(columns);
    }

    /** The specification of rows that {@code query} made. */
    public JsonObject ofReducedRows() {
        return titled(view.copy());
    }

    /** The specification of the table's own rows. */
    public JsonObject ofAllRows() {
        JsonObject spec = titled(view.copy());
        return transform.isEmpty()
                ? spec
                : spec.put("transform", transform.copy().addAll(spec.getJsonArray("transform", new JsonArray())));
    }

    private JsonObject titled(JsonObject spec) {
        JsonObject heading = new JsonObject().put("text", title);
        return new JsonObject()
                .put("$schema", "https://vega.github.io/schema/vega-lite/v6.json")
                .put("title", subtitle.isEmpty() ? heading : heading.put("subtitle", subtitle))
                .mergeIn(spec);
    }

    Suggestion scored(double other) {
        return new Suggestion(kind, other, title, subtitle, why, columns, query, transform, view);
    }

    public JsonObject toJson() {
        return new JsonObject()
                .put("kind", kind)
                .put("score", Math.round(score))
                .put("title", title)
                .put("why", why)
                .put("columns", new JsonArray(columns))
                .put("spec", ofAllRows());
    }
}
