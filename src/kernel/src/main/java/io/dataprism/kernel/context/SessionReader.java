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

/**
 * Reads one query of a session. How many rows are fetched at once follows from how large they were until now, so that a batch takes about a megabyte,
 * however wide the table is. Safe to use from any thread.
 */
final class SessionReader implements RowReader {
    private static final int FIRST_ROWS = 128;
    private static final long BATCH_WEIGHT = 1L << 20;

    private final OpenSession session;
    private final DatabaseCursor cursor;
    private final int batchRows;
    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicBoolean fetching = new AtomicBoolean();
    private volatile int rows;

    SessionReader(OpenSession session, DatabaseCursor cursor, int batchRows) {
        this.session = session;
        this.cursor = cursor;
        this.batchRows = batchRows;
        this.rows = Math.min(batchRows, FIRST_ROWS);
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
        return session.askReading(on -> cursor.next(rows)).onComplete(result -> {
            fetching.set(false);
            if (result.failed()) {
                finish();
            } else {
                result.result().ifPresentOrElse(this::measure, this::finish);
            }
        });
    }

    private void measure(TableBatch batch) {
        long fitting = batch.rows() * BATCH_WEIGHT / Math.max(1, batch.weight());
        rows = (int) Math.max(1, Math.min(batchRows, Math.min(fitting, 4L * batch.rows())));
    }

    private void finish() {
        if (done.compareAndSet(false, true)) {
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
