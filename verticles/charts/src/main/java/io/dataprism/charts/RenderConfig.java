package io.dataprism.charts;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import io.dataprism.charts.auto.TableProfile;
import io.dataprism.charts.engine.ChartRequest;
import io.dataprism.charts.spec.Nearest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a caller asks of a chart.
 *
 * @param spec the specification; empty where one is to be picked
 * @param profile what is known about the table, for picking
 * @param rank which of the charts that fit, 1 for the best
 * @param columns the columns that a picked chart may show; all where empty
 * @param title instead of the chart's own
 */
record RenderConfig(
        Optional<JsonObject> spec,
        Optional<TableProfile> profile,
        int rank,
        Set<String> columns,
        Optional<String> title,
        Optional<Integer> width,
        Optional<Integer> height,
        ChartRequest.Style style) {
    private static final List<String> KEYS =
            List.of("spec", "auto", "profile", "rank", "columns", "title", "width", "height", "style");
    private static final int MOST = 100;
    private static final int LARGEST = 10_000;

    /** @throws CallException of kind {@link FailureKind#INVALID} that says which field is wrong */
    static RenderConfig of(JsonObject config) {
        config.fieldNames().stream()
                .filter(key -> !KEYS.contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw invalid("has the unknown field '" + key + "'" + Nearest.hint(key, KEYS, "known are"));
                });
        Optional<JsonObject> spec = optional(config, "spec", JsonObject.class, "an object");
        boolean auto = optional(config, "auto", Boolean.class, "true or false").orElse(false);
        if (spec.isPresent() == auto) {
            throw invalid("needs either 'spec', a Vega-Lite specification, or 'auto': true");
        }
        return new RenderConfig(
                spec,
                optional(config, "profile", JsonObject.class, "an object").map(TableProfile::fromJson),
                whole(config, "rank", MOST).orElse(1),
                columns(config),
                optional(config, "title", String.class, "a text"),
                whole(config, "width", LARGEST),
                whole(config, "height", LARGEST),
                style(config));
    }

    private static Set<String> columns(JsonObject config) {
        JsonArray columns =
                optional(config, "columns", JsonArray.class, "a list of names").orElseGet(JsonArray::new);
        if (!columns.stream().allMatch(String.class::isInstance)) {
            throw invalid("has a field 'columns' that must be a list of names");
        }
        return Set.copyOf(columns.stream().map(String.class::cast).distinct().toList());
    }

    private static ChartRequest.Style style(JsonObject config) {
        String name = optional(config, "style", String.class, "a text").orElse("prism");
        return Arrays.stream(ChartRequest.Style.values())
                .filter(style -> style.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> invalid("has the unknown style '" + name + "'"
                        + Nearest.hint(name, List.of("prism", "plain"), "known are")));
    }

    private static Optional<Integer> whole(JsonObject config, String key, int most) {
        return optional(config, key, Number.class, "a whole number from 1 to " + most)
                .map(number -> {
                    if (number.doubleValue() != Math.rint(number.doubleValue())
                            || number.doubleValue() < 1
                            || number.doubleValue() > most) {
                        throw invalid("has a field '" + key + "' that must be a whole number from 1 to " + most
                                + ", but is " + number);
                    }
                    return number.intValue();
                });
    }

    private static <T> Optional<T> optional(JsonObject config, String key, Class<T> type, String expected) {
        Object value = config.getValue(key);
        if (value != null && !type.isInstance(value)) {
            throw invalid("has a field '" + key + "' that must be " + expected);
        }
        return Optional.ofNullable(value).map(type::cast);
    }

    private static CallException invalid(String what) {
        return new CallException(FailureKind.INVALID, "The chart's config " + what + (what.endsWith("?") ? "" : "."));
    }

    /** The specification with the words and sizes that the caller wants. */
    JsonObject finish(JsonObject chosen) {
        JsonObject spec = chosen.copy();
        title.ifPresent(text -> spec.put("title", text));
        width.ifPresent(pixels -> spec.put("width", pixels));
        height.ifPresent(pixels -> spec.put("height", pixels));
        return spec;
    }
}
