package io.dataprism.kernel.database;

import io.dataprism.api.TableBatch;
import io.dataprism.api.TableSchema;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Reads the rows of one query, as many as are asked for. */
public interface DatabaseCursor {

    List<TableSchema.Column> columns();

    /**
     * The next rows, {@code most} at most; empty at the end, after which it is closed.
     *
     * @param most how many; the driver fetches fewer where they are large, so that a batch takes about a megabyte, and bounds what is on its way
     */
    Future<Optional<TableBatch>> next(int most);

    Future<Void> close();
}
