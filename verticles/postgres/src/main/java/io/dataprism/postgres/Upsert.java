package io.dataprism.postgres;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rows to put into a table: new ones are inserted, those whose key is there already are updated.
 *
 * @param table quoted, with its schema where one is given
 * @param key the columns by which a row is known; none to insert only
 */
record Upsert(String table, List<String> key) {

    /** {@code {"table": …, "schema": …, "key": […]}}. */
    static Upsert of(JsonObject config) {
        Fields fields = Fields.of("sync", config, "table", "schema", "key");
        List<String> key = List.copyOf(new LinkedHashSet<>(fields.texts("key")));
        return new Upsert(Selection.table(fields, "table"), key);
    }

    /**
     * The statement for one row.
     *
     * @param columns of the data, in their order
     * @param types of the table's columns, by name, as the database writes them
     */
    String statement(List<String> columns, Map<String, String> types) {
        requireFitting(columns, types);
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (String column : columns) {
            names.add(Names.quoted(column));
            // The type is the database's own word, and without a length: a text that is too long is refused, not cut.
            values.add("CAST($" + (values.size() + 1) + "::text AS " + types.get(column) + ")");
        }
        return "INSERT INTO " + table + " (" + String.join(", ", names) + ") VALUES (" + String.join(", ", values) + ")"
                + conflict(columns);
    }

    private String conflict(List<String> columns) {
        if (key.isEmpty()) {
            return "";
        }
        String changes = columns.stream()
                .filter(column -> !key.contains(column))
                .map(column -> Names.quoted(column) + " = excluded." + Names.quoted(column))
                .collect(Collectors.joining(", "));
        return " ON CONFLICT (" + key.stream().map(Names::quoted).collect(Collectors.joining(", ")) + ") DO "
                + (changes.isEmpty() ? "NOTHING" : "UPDATE SET " + changes);
    }

    private void requireFitting(List<String> columns, Map<String, String> types) {
        if (types.isEmpty()) {
            throw PostgresProblem.NO_TABLE.failure("there is no table " + table
                    + ", or the user may not see it. Check 'table' and 'schema'; a table is not made by itself.");
        }
        Set<String> seen = new HashSet<>();
        for (String column : columns) {
            if (!types.containsKey(column)) {
                throw PostgresProblem.NO_TABLE.failure(
                        "table " + table + " has no column '" + column + "', which the data has. It has: "
                                + String.join(", ", types.keySet()) + ". Rename or leave out what does not fit.");
            }
            if (!seen.add(column)) {
                throw PostgresProblem.NO_TABLE.failure("the data has column '" + column + "' twice. Rename one.");
            }
        }
        for (String column : key) {
            if (!columns.contains(column)) {
                throw PostgresProblem.BAD_REQUEST.failure(
                        "sync: the data has no column '" + column + "', which 'key' names.");
            }
        }
    }
}
