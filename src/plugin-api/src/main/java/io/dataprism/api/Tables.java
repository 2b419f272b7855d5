package io.dataprism.api;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * Tables by handle, as a plugin uses them. They are kept by the plugin that provides {@link TableService}; using it needs {@code
 * call:<that plugin>:table-*}.
 *
 * <pre>{@code
 * context.tables()
 *         .create(new TableSource.Rows(new JsonArray().add(new JsonObject().put("city", "Bern").put("mm", 3))))
 *         .compose(rain -> context.tables().query("SELECT city, sum(mm) AS mm FROM rain GROUP BY city", Map.of("rain", rain)))
 *         .compose(sums -> context.tables().describe(sums).eventually(() -> context.tables().release(sums)))
 *         .onSuccess(schema -> context.log().info(schema.rows() + " cities"));
 * }</pre>
 */
public interface Tables {

    Future<TableHandle> create(TableSource source);

    /** A new table from a query over others. */
    default Future<TableHandle> query(String sql, Map<String, TableHandle> inputs) {
        return create(new TableSource.Query(sql, inputs));
    }

    Future<TableSchema> describe(TableHandle table);

    /**
     * Read a table from its first row.
     *
     * @param batchRows rows a batch, from 1 to 65,536
     */
    Future<TableReader> read(TableHandle table, int batchRows);

    /** Write a table to a file, wholly or not at all; needs {@code file-access:write:<path>}. */
    Future<Void> write(TableHandle table, TableFormat format, String path, JsonObject options);

    /**
     * Make another the owner of a table, as a plugin does that made it for who called; the handle from before stands for it, too.
     * Only the owner, the operator and the host may.
     */
    Future<TableHandle> give(TableHandle table, Caller to);

    /** Free a table before its owner ends; only the owner, the operator and the host may. */
    Future<Void> release(TableHandle table);
}
