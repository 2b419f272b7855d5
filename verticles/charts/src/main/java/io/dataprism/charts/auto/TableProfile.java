package io.dataprism.charts.auto;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is known about a table.
 *
 * @param correlations of pairs of numbers, each once
 */
public record TableProfile(long rows, List<ColumnProfile> columns, List<Correlation> correlations) {

    private static final int MOST_GROUPS = 30;

    public TableProfile {
        columns = List.copyOf(columns);
        correlations = List.copyOf(correlations);
    }

    /** How two columns go together, from -1 to 1. */
    public record Correlation(String x, String y, double r) {}

    /** Read what {@code analyze} of the plugin {@code tables} answers. */
    public static TableProfile fromJson(JsonObject json) {
        long rows = json.getLong("rows", 0L);
        List<ColumnProfile> columns = objects(json, "columns")
                .map(column -> ColumnProfile.fromJson(column, rows))
                .toList();
        List<Correlation> correlations = objects(json, "correlations")
                .map(pair -> new Correlation(pair.getString("x"), pair.getString("y"), pair.getDouble("r")))
                .toList();
        return new TableProfile(rows, columns, correlations);
    }

    /** The same table as if it had these columns alone. */
    public TableProfile only(Set<String> names) {
        return new TableProfile(
                rows,
                columns.stream().filter(column -> names.contains(column.name())).toList(),
                correlations.stream()
                        .filter(pair -> names.contains(pair.x()) && names.contains(pair.y()))
                        .toList());
    }

    private static Stream<JsonObject> objects(JsonObject json, String field) {
        return json.getJsonArray(field, new JsonArray()).stream()
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast);
    }

    Optional<ColumnProfile> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    List<ColumnProfile> measures() {
        return columns.stream().filter(ColumnProfile::isMeasure).toList();
    }

    List<ColumnProfile> categories(int most) {
        return columns.stream().filter(column -> column.isCategory(most)).toList();
    }

    /** The one that most likely says what the rows are, which colours tell best. */
    Optional<ColumnProfile> bestCategory(int most) {
        List<ColumnProfile> all = categories(most);
        return all.stream()
                .filter(column -> column.name()
                        .toLowerCase(Locale.ROOT)
                        .matches(".*(species|type|kind|class|category|group|segment).*"))
                .findFirst()
                .or(() -> all.stream().findFirst());
    }

    boolean isBestCategory(ColumnProfile column) {
        return bestCategory(MOST_GROUPS).filter(column::equals).isPresent();
    }

    List<ColumnProfile> times() {
        return columns.stream()
                .filter(column -> column.kind() == ColumnProfile.Kind.TIME && column.distinct() > 2)
                .toList();
    }
}
