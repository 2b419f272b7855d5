package io.dataprism.charts;

import io.dataprism.charts.auto.Suggestion;
import io.dataprism.charts.engine.Drawing;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A chart as it was drawn last.
 *
 * @param config as the caller gave it, to be drawn with again
 * @param spec the specification that was drawn, whatever its data
 */
record ChartView(
        JsonObject config, JsonObject spec, Optional<Suggestion> suggestion, Drawing drawing, List<String> notes) {

    static ChartView of(JsonObject config, Plan plan, Drawing drawing) {
        List<String> notes = new ArrayList<>(plan.notes());
        notes.addAll(drawing.notes());
        return new ChartView(config, plan.request().spec(), plan.suggestion(), drawing, List.copyOf(notes));
    }

    /** What it holds, for the plugin's memory account. */
    long bytes() {
        return 2L * drawing.svg().length();
    }

    JsonObject describe() {
        JsonObject told = new JsonObject()
                .put("marks", drawing.marks())
                .put("notes", new JsonArray(notes))
                .put("spec", spec.copy());
        suggestion.ifPresent(chart -> told.put("kind", chart.kind())
                .put("title", chart.title())
                .put("why", chart.why())
                .put("columns", new JsonArray(chart.columns())));
        return told;
    }
}
