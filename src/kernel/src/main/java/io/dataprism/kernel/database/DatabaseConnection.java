package io.dataprism.kernel.database;

import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connection. What is asked of it is done in the order of asking, each once what was asked before is answered. Futures complete on an event loop of the driver's choice and fail with a {@link DatabaseFailure}. Safe to
 * use from any thread.
 */
public interface DatabaseConnection {

    /** Run one statement and say how many rows it changed. Rows that it answers with are not kept, however many. */
    Future<Long> execute(String sql, List<@Nullable Object> parameters);

    /** Run {@code sql} once for each of {@code rows}, and say how many rows were changed in all. */
    Future<Long> executeAll(String sql, List<List<@Nullable String>> rows);

    /** Begin to read what {@code sql} answers. */
    Future<DatabaseCursor> query(String sql, List<@Nullable Object> parameters);

    Future<Void> begin();

    /** Fails, and keeps nothing, where a statement failed since {@link #begin}. */
    Future<Void> commit();

    Future<Void> rollback();

    /** Completes when the connection is no more, whoever ended it; fails where that was for a reason of the driver's own, such as {@code TOO_LARGE}. */
    Future<Void> gone();

    /** Take leave of the server once what was asked is done. */
    Future<Void> close();

    /** End it now, whatever goes on; tell the server to end what it still works on. */
    void kill();
}
