package io.dataprism.postgres;

import io.dataprism.api.DatabaseSession;
import io.dataprism.api.PluginContext;
import io.dataprism.api.RowReader;
import io.dataprism.api.TableBatch;
import io.dataprism.api.TableHandle;
import io.dataprism.api.TableReader;
import io.dataprism.api.TableSchema;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One sync: a table of the node, batch by batch, into one transaction. */
final class Sync {
    private static final int BATCH_ROWS = 1_000;
    private static final int MOST_COLUMNS = 2_000;

    private final PluginContext context;
    private final Upsert upsert;
    private long changed;

    Sync(PluginContext context, Upsert upsert) {
        this.context = context;
        this.upsert = upsert;
    }

    Future<JsonObject> into(DatabaseSession session, TableHandle table) {
        return context.tables()
                .read(table, BATCH_ROWS)
                .compose(rows -> types(session)
                        .compose(types -> written(session, rows, types))
                        .eventually(rows::close)
                        .map(written -> new JsonObject()
                                .put("table", upsert.table())
                                .put("rows", rows.schema().rows())
                                .put("changed", changed)))
                .eventually(session::close);
    }

    private Future<Void> written(DatabaseSession session, TableReader rows, Map<String, String> types) {
        List<String> columns =
                rows.schema().columns().stream().map(TableSchema.Column::name).toList();
        String statement = upsert.statement(columns, types);
        return session.transaction(() ->
                Drain.all(rows::next, batch -> session.write(statement, batch).onSuccess(more -> changed += more)));
    }

    /** The types of the table's columns; none where there is no such table. */
    private Future<Map<String, String>> types(DatabaseSession session) {
        return session.query(
                        "SELECT a.attname::text, format_type(a.atttypid, -1) FROM pg_catalog.pg_attribute AS a"
                                + " WHERE a.attrelid = to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum",
                        List.of(upsert.table()),
                        MOST_COLUMNS)
                .compose(Sync::types);
    }

    private static Future<Map<String, String>> types(RowReader reader) {
        Map<String, String> types = new LinkedHashMap<>();
        return Drain.all(reader::next, batch -> {
                    add(types, batch);
                    return Future.succeededFuture();
                })
                .map(types);
    }

    private static void add(Map<String, String> types, TableBatch batch) {
        for (int row = 0; row < batch.rows(); row++) {
            types.put(
                    batch.columns().get(0).getText(row), batch.columns().get(1).getText(row));
        }
    }
}
