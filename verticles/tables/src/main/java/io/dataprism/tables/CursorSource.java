package io.dataprism.tables;

import io.dataprism.api.PluginContext;
import io.dataprism.api.StreamSource;
import io.dataprism.api.TableBatch;
import io.dataprism.tables.engine.BatchCursor;
import io.vertx.core.Future;
import java.util.Optional;

/** Streams the batches of a cursor, each read on a thread that may block. */
record CursorSource(PluginContext context, BatchCursor cursor, Runnable closed) implements StreamSource<TableBatch> {

    @Override
    public Future<Optional<TableBatch>> next() {
        return context.blocking(cursor::next);
    }

    @Override
    public Future<Void> close() {
        closed.run();
        return context.blocking(() -> {
            cursor.close();
            return null;
        });
    }
}
