package io.dataprism.api;

import io.vertx.core.Future;
import java.util.Optional;

/**
 * Reads a table as a stream of batches: whoever reads pulls, and no more than a few batches are made ahead. One {@link #next} at a time. One that is not
 * read for five minutes ends.
 */
public interface TableReader {

    TableSchema schema();

    /** The next rows; empty at the end. */
    Future<Optional<TableBatch>> next();

    /** End early. Called for itself at the end of the stream. */
    Future<Void> close();
}
