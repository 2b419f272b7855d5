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
                .eventually(() -> freed(pieces.release()));
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
                .compose(table -> given(rows, table)
                        .recover(lost ->
                                freed(context.tables().release(table)).transform(any -> Future.failedFuture(lost))));
    }

    /** The caller's, which is the last thing: what fails before leaves a table that is still this plugin's to free. */
    private Future<Fetched> given(FetchedRows rows, TableHandle table) {
        return context.tables()
                .describe(table)
                .map(schema -> new JsonObject()
                        .put("rows", rows.rows())
                        .put("columns", schema.toJson().getJsonArray("columns"))
                        .put("widened", rows.widened()))
                .compose(
                        report -> context.tables().give(table, call.caller()).map(given -> new Fetched(given, report)));
    }

    /** What can't be freed is the provider's to clear away, and no reason to keep the rows from who asked. */
    private Future<Void> freed(Future<Void> releasing) {
        return releasing.recover(stuck -> {
            context.log().warn("A table of a fetch could not be freed: " + stuck.getMessage());
            return Future.succeededFuture();
        });
    }
}
