package io.dataprism.driver.postgres;

import io.dataprism.kernel.database.DatabaseConnection;
import io.dataprism.kernel.database.DatabaseDriver;
import io.dataprism.kernel.database.DatabaseTarget;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.spi.PgDriver;
import io.vertx.sqlclient.spi.ConnectionFactory;
import java.util.concurrent.TimeUnit;

/** Connects to PostgreSQL 10 or newer. */
public final class PostgresDriver implements DatabaseDriver {
    private static final int PORT = 5432;

    /**
     * What text and times are written in does not depend on the server's configuration, and a statement or transaction that was forgotten does not hold others up for
     * ever.
     */
    private static final String SETTINGS =
            "SELECT set_config('TimeZone', 'UTC', false), set_config('DateStyle', 'ISO', false),"
                    + " set_config('bytea_output', 'hex', false), set_config('standard_conforming_strings', 'on', false),"
                    + " set_config('statement_timeout', '600000', false),"
                    + " set_config('idle_in_transaction_session_timeout', '600000', false)";

    @Override
    public String scheme() {
        return "postgresql";
    }

    @Override
    public int defaultPort() {
        return PORT;
    }

    @Override
    public Future<DatabaseConnection> connect(Vertx vertx, DatabaseTarget target, Future<Void> abandoned) {
        ContextInternal loop = ((VertxInternal) vertx).createEventLoopContext();
        Promise<DatabaseConnection> connected = loop.promise();
        loop.runOnContext(go -> loop.executeBlocking(() -> PinnedOptions.of(target))
                .compose(options -> connect(loop, target, options, abandoned))
                .recover(cause -> Future.failedFuture(Failures.connecting(cause)))
                .onComplete(connected));
        return connected.future();
    }

    private static Future<DatabaseConnection> connect(
            ContextInternal loop, DatabaseTarget target, PgConnectOptions options, Future<Void> abandoned) {
        ConnectionFactory<PgConnectOptions> sockets =
                PgDriver.INSTANCE.createConnectionFactory(loop.owner(), new NetClientOptions().setConnectTimeout((int)
                                target.patience().toMillis()));
        abandoned.onComplete(gone -> close(sockets));
        return sockets.connect(loop, options)
                .map(PgConnection::cast)
                .map(connection -> new PostgresConnection(loop, options, sockets, connection))
                .compose(connection -> connection.settled(SETTINGS))
                .timeout(target.patience().toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(cause -> close(sockets));
    }

    /** All that was connected through {@code sockets}, at once. */
    static void close(ConnectionFactory<PgConnectOptions> sockets) {
        sockets.close((closed, failure) -> {});
    }
}
