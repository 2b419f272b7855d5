package io.dataprism.postgres;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is to be fetched. */
record Selection(String sql, List<@Nullable Object> parameters) {

    /** {@code {"sql": …, "parameters": […]}}, or {@code {"table": …, "schema": …, "columns": […]}}. */
    static Selection of(JsonObject query) {
        Fields fields = Fields.of("fetch", query, "sql", "parameters", "table", "schema", "columns");
        if (fields.text("sql").isPresent() == fields.text("table").isPresent()) {
            throw PostgresProblem.BAD_REQUEST.failure("fetch: expected either 'sql' or 'table'.");
        }
        return fields.text("sql").isPresent() ? query(fields) : table(fields);
    }

    private static Selection query(Fields fields) {
        if (fields.text("schema").isPresent() || !fields.array("columns").isEmpty()) {
            throw PostgresProblem.BAD_REQUEST.failure("fetch: 'schema' and 'columns' go with 'table', not with 'sql'.");
        }
        List<@Nullable Object> parameters = new ArrayList<>();
        JsonArray given = fields.array("parameters");
        for (Iterator<Object> each = given.iterator(); each.hasNext(); ) {
            parameters.add(each.next());
        }
        return new Selection(fields.needText("sql"), parameters);
    }

    private static Selection table(Fields fields) {
        if (!fields.array("parameters").isEmpty()) {
            throw PostgresProblem.BAD_REQUEST.failure("fetch: 'parameters' go with 'sql', not with 'table'.");
        }
        List<String> columns = fields.texts("columns");
        String selected =
                columns.isEmpty() ? "*" : columns.stream().map(Names::quoted).collect(Collectors.joining(", "));
        return new Selection("SELECT " + selected + " FROM " + table(fields, "table"), List.of());
    }

    /** The name of the table in {@code field}, with its schema where one is given. */
    static String table(Fields fields, String field) {
        String table = Names.quoted(fields.needText(field));
        return fields.text("schema")
                .map(schema -> Names.quoted(schema) + "." + table)
                .orElse(table);
    }
}
