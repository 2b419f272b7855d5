package io.dataprism.postgres;

import io.dataprism.api.Call;
import io.dataprism.api.DatabaseSession;
import io.dataprism.api.IntegrationPlugin.Fetched;
import io.dataprism.api.PluginContext;
import io.dataprism.api.RowReader;
import io.dataprism.api.TableHandle;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** One fetch: batch by batch from a session into pieces of a table, from these into a table that is the caller's. */
final class Fetch {
    private static final int BATCH_ROWS = 16_384;

    private final PluginContext context;
    private final Call call;
    private final Selection selection;
    private final long mostRows;
    private final Pieces pieces;

    Fetch(PluginContext context, Call call, Selection selection, long mostRows) {
        this.context = context;
        this.call = call;
        this.selection = selection;
        this.mostRows = mostRows;
        this.pieces = new Pieces(context.tables());
    }

    Future<Fetched> from(DatabaseSession session) {
        return session.query(selection.sql(), selection.parameters(), BATCH_ROWS)
                .compose(this::stored)
                .eventually(session::close)
                .compose(this::loaded)
                .eventually(pieces::release);
    }

    private Future<FetchedRows> stored(RowReader reader) {
        FetchedRows rows = new FetchedRows(reader.columns(), mostRows);
        return pieces.add(rows.nothing())
                .compose(begun -> Drain.all(reader::next, batch -> pieces.add(rows.piece(batch))))
                .map(rows);
    }

    private Future<Fetched> loaded(FetchedRows rows) {
        return pieces.together()
                .compose(texts -> context.tables().query(rows.query(), Map.of("texts", texts)))
                .compose(table -> context.tables().give(table, call.caller()))
                .compose(table -> fetched(rows, table));
    }

    private Future<Fetched> fetched(FetchedRows rows, TableHandle table) {
        return context.tables()
                .describe(table)
                .map(schema -> new Fetched(
                        table,
                        new JsonObject()
                                .put("rows", rows.rows())
                                .put("columns", schema.toJson().getJsonArray("columns"))
                                .put("widened", rows.widened())));
    }
}
