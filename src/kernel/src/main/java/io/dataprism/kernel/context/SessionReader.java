package io.dataprism.kernel.context;

import io.dataprism.api.PluginException;
import io.dataprism.api.RowReader;
import io.dataprism.api.TableBatch;
import io.dataprism.api.TableSchema;
import io.dataprism.kernel.database.DatabaseCursor;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Reads one query of a session. A batch is on the plugin's memory account until the next one is asked for. Safe to use from any thread. */
final class SessionReader implements RowReader {
    private final OpenSession session;
    private final DatabaseCursor cursor;
    private final int batchRows;
    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicBoolean fetching = new AtomicBoolean();

    SessionReader(OpenSession session, DatabaseCursor cursor, int batchRows) {
        this.session = session;
        this.cursor = cursor;
        this.batchRows = batchRows;
    }

    @Override
    public List<TableSchema.Column> columns() {
        return cursor.columns();
    }

    @Override
    public Future<Optional<TableBatch>> next() {
        if (done.get()) {
            return session.answered(Optional.empty());
        }
        if (!fetching.compareAndSet(false, true)) {
            return session.refused(new PluginException(
                    "DP-0873",
                    "A query was asked for its next rows before the last ones came. Ask for one batch at a time."));
        }
        session.letGo();
        return session.askReading(on -> cursor.next(batchRows))
                .onFailure(lost -> finish())
                .compose(this::held)
                .onComplete(any -> fetching.set(false));
    }

    private Future<Optional<TableBatch>> held(Optional<TableBatch> batch) {
        try {
            batch.ifPresentOrElse(rows -> session.hold(rows.weight()), this::finish);
            return session.answered(batch);
        } catch (PluginException full) {
            return close().transform(closed -> session.refused(full));
        }
    }

    private void finish() {
        if (done.compareAndSet(false, true)) {
            session.letGo();
            session.read();
        }
    }

    @Override
    public Future<Void> close() {
        return done.get()
                ? session.answered(null)
                : session.askReading(on -> cursor.close()).eventually(() -> {
                    finish();
                    return session.<Void>answered(null);
                });
    }
}
