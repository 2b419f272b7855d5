package io.dataprism.charts.spec;

import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The columns that a part of a specification can see; {@code known} is false where nobody can tell before it is drawn. */
record Columns(Set<String> names, boolean known) {
    static final Columns UNKNOWN = new Columns(Set.of(), false);

    static Columns of(JsonArray rows) {
        return of((List<?>) Json.list(Json.plain(rows)));
    }

    /** The columns of rows; nothing is known of rows that are none, or are no objects. */
    static Columns of(List<?> rows) {
        Set<String> names = new TreeSet<>();
        rows.forEach(row -> names.addAll(Json.object(row).keySet()));
        return names.isEmpty() ? UNKNOWN : new Columns(names, true);
    }

    Columns and(Set<String> more) {
        Set<String> all = new TreeSet<>(names);
        all.addAll(more);
        return new Columns(all, known);
    }

    Columns and(Columns other) {
        return known && other.known ? and(other.names) : UNKNOWN;
    }

    /** Whether {@code field} may be read: a column, or something inside of one ({@code a.b}, {@code a[0]}). */
    boolean has(String field) {
        String name = field.replace("\\", "");
        return !known
                || "*".equals(field)
                || names.contains(field)
                || names.contains(name)
                || names.contains(head(field));
    }

    private static String head(String field) {
        for (int i = 0; i < field.length(); i++) {
            boolean escaped = i > 0 && field.charAt(i - 1) == '\\';
            if (!escaped && (field.charAt(i) == '.' || field.charAt(i) == '[')) {
                return field.substring(0, i).replace("\\", "");
            }
        }
        return field.replace("\\", "");
    }

    /** What the transforms of a view add to what it can see. */
    Columns after(List<?> transforms) {
        Columns seen = this;
        for (Object item : transforms) {
            seen = seen.after(Json.object(item));
        }
        return seen;
    }

    private Columns after(Map<String, Object> transform) {
        boolean wholeRows = transform.containsKey("lookup")
                && transform.get("as") == null
                && Json.object(transform.get("from")).get("fields") == null;
        if (wholeRows || transform.containsKey("pivot")) {
            return UNKNOWN;
        }
        Set<String> made = new TreeSet<>();
        names(transform, made);
        if (transform.containsKey("fold")) {
            made.addAll(List.of("key", "value"));
        }
        if (transform.containsKey("density") || transform.containsKey("quantile")) {
            made.addAll(List.of("value", "density", "prob"));
        }
        return and(made);
    }

    /** Every name under {@code as} or {@code fields}, at any depth; binning also makes an end of each. */
    private static void names(@Nullable Object node, Set<String> into) {
        Json.list(node).forEach(item -> names(item, into));
        Json.object(node).forEach((key, value) -> {
            if (key.equals("as") || key.equals("fields")) {
                texts(value).forEach(name -> into.addAll(List.of(name, name + "_end")));
            } else {
                names(value, into);
            }
        });
    }

    private static List<String> texts(Object value) {
        List<?> all = value instanceof List<?> list ? list : List.of(value);
        return all.stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
    }
}
