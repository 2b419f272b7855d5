package io.dataprism.tables.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Turns nested objects into columns: a leaf has its own name where that is unique, else the dotted path. */
final class Flattening {
    private final Session session;

    Flattening(Session session) {
        this.session = session;
    }

    /** A value that is no object. */
    record Leaf(List<String> path, String name) {
        String expression() {
            return path.stream().map(Sql::name).collect(Collectors.joining("."));
        }
    }

    /**
     * The leaves of {@code table}'s columns.
     *
     * @param wrapped whether the first level of the path only wraps the record and is left out of names
     */
    List<Leaf> leaves(String table, boolean wrapped) {
        List<List<String>> paths = new ArrayList<>();
        for (Column column : session.columns("SELECT * FROM " + table, List.of())) {
            collect(table, List.of(column.name()), column, paths);
        }
        Map<String, Integer> uses = new HashMap<>();
        paths.forEach(path -> uses.merge(last(path).toLowerCase(Locale.ROOT), 1, Integer::sum));
        return paths.stream()
                .map(path -> new Leaf(
                        path,
                        uses.getOrDefault(last(path).toLowerCase(Locale.ROOT), 0) == 1
                                ? last(path)
                                : dotted(path, wrapped)))
                .toList();
    }

    static String select(List<Leaf> leaves) {
        return leaves.stream()
                .map(leaf -> leaf.expression() + " AS " + Sql.name(leaf.name()))
                .collect(Collectors.joining(", "));
    }

    private void collect(String table, List<String> path, Column column, List<List<String>> paths) {
        if (!column.sqlType().startsWith("STRUCT(") || column.sqlType().endsWith("]")) {
            paths.add(path);
            return;
        }
        String whole = new Leaf(path, "").expression();
        for (Column field : session.columns("SELECT unnest(" + whole + ") FROM " + table, List.of())) {
            List<String> deeper = new ArrayList<>(path);
            deeper.add(field.name());
            collect(table, deeper, field, paths);
        }
    }

    private static String last(List<String> path) {
        return path.get(path.size() - 1);
    }

    private static String dotted(List<String> path, boolean wrapped) {
        return String.join(".", wrapped && path.size() > 1 ? path.subList(1, path.size()) : path);
    }
}
