package io.dataprism.api;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Reads what a query of a {@link DatabaseSession} answers: whoever reads pulls, and nothing is fetched ahead. One {@link #next} at a time. */
public interface RowReader {

    List<TableSchema.Column> columns();

    /** The next rows; empty at the end. Fails with {@code DP-0878} at a value that a table can't hold, naming column and type. A batch is
     * on the plugin's memory account until the next is asked for, and one that does not fit there fails with {@code DP-0601}, which closes the reader. */
    Future<Optional<TableBatch>> next();

    /** End early. Called for itself at the end. */
    Future<Void> close();
}
