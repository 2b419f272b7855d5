package io.dataprism.charts.spec;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds the fields that encodings name against the columns that their data has. It is careful: what it cannot know before the chart
 * is drawn (a pivot's columns, text to be parsed, generated data) it takes to be right.
 */
final class FieldCheck {
    private static final List<String> PARTS = List.of("layer", "concat", "hconcat", "vconcat");

    private final Map<String, Columns> tables = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    FieldCheck(Map<String, JsonArray> data) {
        data.forEach((name, rows) -> tables.put(name, Columns.of(rows)));
    }

    List<String> problems(JsonObject spec) {
        Map<String, Object> top = Json.object(Json.plain(spec));
        Json.object(top.get("datasets")).forEach((name, rows) -> tables.put(name, Columns.of(Json.list(rows))));
        view(top, Optional.ofNullable(tables.get("table")).orElse(Columns.UNKNOWN), "");
        return problems;
    }

    /** Checks a view and what is below it; answers with all columns that are seen anywhere in it. */
    private Columns view(Map<String, Object> view, Columns outer, String path) {
        Columns own =
                (view.containsKey("data") ? columns(view.get("data")) : outer).after(Json.list(view.get("transform")));
        Columns all = own;
        for (String part : PARTS) {
            List<?> views = Json.list(view.get(part));
            for (int i = 0; i < views.size(); i++) {
                all = all.and(view(Json.object(views.get(i)), own, at(path, part) + "[" + i + "]"));
            }
        }
        if (view.get("spec") instanceof Map<?, ?> inner) {
            all = all.and(view(Json.object(inner), own, at(path, "spec")));
        }
        encodings(view, all, path);
        return all;
    }

    private void encodings(Map<String, Object> view, Columns columns, String path) {
        Columns seen = columns;
        Json.object(view.get("encoding"))
                .forEach((channel, definition) -> definition(definition, seen, at(at(path, "encoding"), channel)));
        definition(view.get("facet"), seen, at(path, "facet"));
        repeated(view.get("repeat"), seen, at(path, "repeat"));
    }

    /** A channel's definition, or several, or one for rows and one for columns. */
    private void definition(@Nullable Object definition, Columns columns, String path) {
        List<?> several = Json.list(definition);
        for (int i = 0; i < several.size(); i++) {
            definition(several.get(i), columns, path + "[" + i + "]");
        }
        Map<String, Object> one = Json.object(definition);
        field(one.get("field"), columns, at(path, "field"));
        for (String below : List.of("sort", "condition", "row", "column")) {
            if (one.get(below) instanceof Map<?, ?> || one.get(below) instanceof List<?>) {
                definition(one.get(below), columns, at(path, below));
            }
        }
    }

    private void repeated(@Nullable Object repeat, Columns columns, String path) {
        List<?> fields = Json.list(repeat);
        for (int i = 0; i < fields.size(); i++) {
            field(fields.get(i), columns, path + "[" + i + "]");
        }
        Json.object(repeat).forEach((direction, list) -> repeated(list, columns, at(path, direction)));
    }

    private void field(@Nullable Object field, Columns columns, String path) {
        if (field instanceof String name && !columns.has(name)) {
            problems.add(
                    path + ": the data has no column '" + name + "'" + Nearest.hint(name, columns.names(), "it has"));
        }
    }

    private Columns columns(@Nullable Object data) {
        Map<String, Object> source = Json.object(data);
        if (source.get("values") instanceof List<?> rows && !source.containsKey("format")) {
            return Columns.of(rows);
        }
        if (source.get("name") instanceof String name && !source.containsKey("values")) {
            return Optional.ofNullable(tables.get(name)).orElse(Columns.UNKNOWN);
        }
        return Columns.UNKNOWN;
    }

    private static String at(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
