package io.dataprism.kernel.database;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Speaks with one kind of database. Holds nothing between connections. Safe to use from any thread. */
public interface DatabaseDriver {

    /** Of the URLs that it is for, such as {@code postgresql}: also the scheme of the permission. */
    String scheme();

    int defaultPort();

    /**
     * Connect to {@code target}, at its address and no other, and log in. Nothing of it may run in a plugin's slices.
     *
     * @param abandoned completes where nobody wants the connection any more, on any thread: what is there of it ends at once
     * @return fails with a {@link DatabaseFailure}; no connection is left then
     */
    Future<DatabaseConnection> connect(Vertx vertx, DatabaseTarget target, Future<Void> abandoned);
}
