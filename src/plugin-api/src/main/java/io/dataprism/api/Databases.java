package io.dataprism.api;

import io.vertx.core.Future;

/**
 * Databases outside. Each needs {@code network-access:<scheme>://<host>:<port>}; where the name of its host leads to a private, loopback or link-local address,
 * also the same for that address. A session ends at once when that is taken back.
 *
 * <pre>{@code
 * String password = context.config().getString("password");
 * context.databases()
 *         .open(new DatabaseLogin("postgresql://db.example.com:5432/shop", "reader", password))
 *         .compose(session -> session.query("SELECT city, mm FROM rain WHERE mm > $1", List.of(3), 1_000)
 *                 .compose(RowReader::next)
 *                 .eventually(session::close))
 *         .onSuccess(first -> context.log().info(first.map(TableBatch::rows).orElse(0) + " rows"));
 * }</pre>
 */
public interface Databases {

    /**
     * Log in. A plugin may have 16 sessions at once.
     *
     * @return fails with {@code DP-0870} where this node has no driver for such databases, with {@code DP-0871} where the URL can't be used, with {@code
     *     DP-0872} where it has too many sessions, and with {@code DP-0876} where nobody answers or the login is refused
     */
    Future<DatabaseSession> open(DatabaseLogin login);
}
