package io.dataprism.tables;

import io.dataprism.api.CallException;
import io.dataprism.api.Dataset;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginException;
import io.dataprism.tables.engine.StoredTable;
import io.dataprism.tables.engine.TableEngine;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code transform} is asked to do: {@code sql} (with {@code params}) or {@code operations}, over {@code data} and {@code inputs}.
 *
 * @param limit rows that come inline at most; 0 for a table
 */
record Transformation(
        @Nullable String sql, List<?> params, @Nullable JsonArray operations, JsonObject config, int limit) {
    /** The name of the call's own {@code data}. */
    static final String DATA = "data";

    private static final Set<String> KNOWN = Set.of("sql", "params", "operations", "inputs", "as", "limit");
    private static final int MOST_INLINE = 100_000;

    static Transformation read(JsonObject config) {
        for (String name : config.fieldNames()) {
            if (!KNOWN.contains(name)) {
                throw invalid("'" + PluginException.excerpt(name) + "' is not known. There are sql, params, operations,"
                        + " inputs, as, limit.");
            }
        }
        String sql = config.getValue("sql") instanceof String text ? text : null;
        JsonArray operations = config.getValue("operations") instanceof JsonArray list ? list : null;
        if ((sql == null) == (operations == null)) {
            throw invalid("expected either 'sql', a SELECT over " + DATA + ", or 'operations', an array.");
        }
        List<?> params = config.getValue("params") instanceof JsonArray list ? list.getList() : List.of();
        return new Transformation(sql, params, operations, config, limit(config));
    }

    private static int limit(JsonObject config) {
        Object as = config.getValue("as", "table");
        if (as.equals("table")) {
            return 0;
        }
        Object limit = config.getValue("limit", 1000);
        if (!as.equals("rows") || !(limit instanceof Integer rows) || rows < 1 || rows > MOST_INLINE) {
            throw invalid(
                    "expected 'as' to be \"table\" or \"rows\", and 'limit' a number from 1 to " + MOST_INLINE + ".");
        }
        return rows;
    }

    /** The tables of {@code inputs} and the call's data. */
    Inputs inputs(Dataset data, TableShelf shelf) {
        return named(config, shelf).add(DATA, data, shelf);
    }

    /** The tables of {@code inputs}. */
    static Inputs named(JsonObject config, TableShelf shelf) {
        Inputs inputs = new Inputs();
        if (config.getValue("inputs") instanceof JsonObject given) {
            given.forEach(entry -> inputs.add(entry.getKey(), Dataset.fromJson(entry.getValue()), shelf));
        } else if (config.getValue("inputs") != null) {
            throw invalid("'inputs' must be an object from names to tables.");
        }
        return inputs;
    }

    static StoredTable data(Map<String, StoredTable> tables) {
        return Objects.requireNonNull(tables.get(DATA));
    }

    StoredTable run(TableEngine engine, Map<String, StoredTable> tables) {
        return operations != null
                ? engine.transform(data(tables), operations, tables)
                : engine.query(Objects.requireNonNull(sql), params, tables);
    }

    private static CallException invalid(String what) {
        return new CallException(FailureKind.INVALID, "Tables: transform: " + what);
    }
}
