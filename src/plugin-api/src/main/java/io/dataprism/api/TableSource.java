package io.dataprism.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a new table is made from. */
public sealed interface TableSource {

    /** A file; the caller needs {@code file-access:read:<path>}. Options are the provider's, for example a CSV's delimiter. */
    record File(TableFormat format, String path, JsonObject options) implements TableSource {}

    /** Rows given inline. */
    record Rows(JsonArray rows) implements TableSource {}

    /** A query over other tables, each under the name it has in the query. */
    record Query(String sql, Map<String, TableHandle> inputs) implements TableSource {
        public Query {
            inputs = Map.copyOf(inputs);
        }
    }

    /** The form in which it travels. */
    default JsonObject toJson() {
        if (this instanceof File file) {
            return new JsonObject()
                    .put("format", file.format().label())
                    .put("path", file.path())
                    .put("options", file.options());
        }
        if (this instanceof Rows rows) {
            return new JsonObject().put("rows", rows.rows());
        }
        Query query = (Query) this;
        JsonObject inputs = new JsonObject();
        query.inputs().forEach((name, handle) -> inputs.put(name, handle.toJson()));
        return new JsonObject().put("sql", query.sql()).put("inputs", inputs);
    }

    /**
     * Read what {@link #toJson} wrote.
     *
     * @throws CallException of kind {@link FailureKind#INVALID} for anything else
     */
    static TableSource fromJson(@Nullable JsonObject json) {
        if (json != null && json.getValue("sql") instanceof String sql) {
            Map<String, TableHandle> inputs = new LinkedHashMap<>();
            if (json.getValue("inputs") instanceof JsonObject given) {
                given.forEach(entry -> inputs.put(entry.getKey(), handle(entry.getKey(), entry.getValue())));
            }
            return new Query(sql, inputs);
        }
        if (json != null && json.getValue("rows") instanceof JsonArray rows) {
            return new Rows(new InlineRows(rows).rows());
        }
        if (json != null
                && json.getValue("path") instanceof String path
                && json.getValue("format") instanceof String format) {
            JsonObject options = json.getValue("options") instanceof JsonObject given ? given : new JsonObject();
            return new File(TableFormat.of(format).orElseThrow(() -> unknownFormat(format)), path, options);
        }
        throw new CallException(
                FailureKind.INVALID,
                "A table source needs either 'path' and 'format', or 'rows', or 'sql' with 'inputs'.");
    }

    private static TableHandle handle(String name, @Nullable Object json) {
        if (json instanceof JsonObject object) {
            return TableHandle.fromJson(object);
        }
        throw new CallException(FailureKind.INVALID, "Input '" + name + "' of the query is not a table handle.");
    }

    private static CallException unknownFormat(String format) {
        return new CallException(
                FailureKind.INVALID,
                "Unsupported format: " + PluginException.excerpt(format) + ". Use csv, json, ndjson or parquet.");
    }
}
