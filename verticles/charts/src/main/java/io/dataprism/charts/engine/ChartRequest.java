package io.dataprism.charts.engine;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What to draw.
 *
 * @param spec a Vega-Lite specification, or a Vega one that says so in {@code $schema}
 * @param data rows by the name under which the specification uses them; {@link #MAIN} is used where it names none
 * @param style how it looks where the specification says nothing
 */
public record ChartRequest(JsonObject spec, Map<String, JsonArray> data, Style style) {
    /** The name of the table that a specification without data of its own is about. */
    public static final String MAIN = "table";

    /** A look. */
    public enum Style {
        /** DataPrism's. */
        PRISM,
        /** Vega-Lite's own, untouched. */
        PLAIN
    }

    public ChartRequest {
        spec = spec.copy();
        data = Map.copyOf(new LinkedHashMap<>(data));
    }

    /** A specification with its data inline. */
    public static ChartRequest of(JsonObject spec) {
        return new ChartRequest(spec, Map.of(), Style.PRISM);
    }

    /** A specification and the rows that it is about. */
    public static ChartRequest of(JsonObject spec, JsonArray rows) {
        return new ChartRequest(spec, Map.of(MAIN, rows), Style.PRISM);
    }

    public ChartRequest with(Style other) {
        return new ChartRequest(spec, data, other);
    }

    /** Whether the specification is Vega-Lite, which it is unless it says that it is Vega. */
    boolean isLite() {
        return !spec.getString("$schema", "").contains("/schema/vega/");
    }

    /** The specification with the data that it is about, where it has none of its own. */
    JsonObject completeSpec() {
        if (!isLite() || spec.containsKey("data") || !data.containsKey(MAIN)) {
            return spec;
        }
        return spec.copy().put("data", new JsonObject().put("name", MAIN));
    }
}
