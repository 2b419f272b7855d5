package io.dataprism.postgres;

import io.dataprism.testjars.PostgresServer;
import io.dataprism.testkit.Await;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Tuple;

/** Somebody else at the same database. */
final class Psql {
    private static final Vertx VERTX = Vertx.vertx();

    private final PostgresServer server;

    Psql(PostgresServer server) {
        this.server = server;
    }

    private PgConnection connection() {
        return Await.value(
                "a connection",
                PgConnection.connect(
                        VERTX,
                        new PgConnectOptions()
                                .setHost("127.0.0.1")
                                .setPort(server.port())
                                .setUser(PostgresServer.USER)
                                .setPassword(PostgresServer.PASSWORD)
                                .setDatabase(PostgresServer.DATABASE)));
    }

    void run(String sql) {
        PgConnection connection = connection();
        try {
            Await.value(sql, connection.query(sql).execute());
        } finally {
            Await.result("leaving", connection.close());
        }
    }

    /** How many statements of others with {@code part} in them are at work. */
    long count(String part) {
        return count(
                "SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND state = 'active' AND position($1 IN query) > 0",
                Tuple.of(part));
    }

    /** How many of the plugin's statements wait for what somebody else holds. */
    long waiting() {
        return count(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'dataprism/postgres' AND wait_event_type = 'Lock'",
                Tuple.tuple());
    }

    private long count(String sql, Tuple parameters) {
        PgConnection connection = connection();
        try {
            return Await.value(sql, connection.preparedQuery(sql).execute(parameters))
                    .iterator()
                    .next()
                    .getLong(0);
        } finally {
            Await.result("leaving", connection.close());
        }
    }

    /** Does {@code sql} in a transaction that stays open. */
    Held hold(String sql) {
        PgConnection connection = connection();
        Await.value("a transaction", connection.begin());
        Await.value(sql, connection.query(sql).execute());
        return new Held(connection);
    }

    /** What is locked until it is closed, which undoes it. */
    record Held(PgConnection connection) implements AutoCloseable {
        @Override
        public void close() {
            Await.result("leaving", connection.close());
        }
    }
}
