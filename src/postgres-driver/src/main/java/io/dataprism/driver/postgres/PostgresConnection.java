package io.dataprism.driver.postgres;

import io.dataprism.kernel.database.DatabaseConnection;
import io.dataprism.kernel.database.DatabaseCursor;
import io.dataprism.kernel.database.DatabaseFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.impl.PgConnectionFactory;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import io.vertx.sqlclient.spi.ConnectionFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection, on its event loop: fields are used there alone. */
final class PostgresConnection implements DatabaseConnection {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresConnection.class);
    private static final int ROWS_AT_ONCE = 1_000;
    private static final int CANCEL_MILLIS = 5_000;

    private final ContextInternal loop;
    private final PgConnectOptions options;
    private final ConnectionFactory<PgConnectOptions> sockets;
    private final PgConnection connection;
    private final Promise<Void> gone;
    private final Inflow inflow;
    /** What was asked last: the next waits for it, so that what became of a transaction is known when its end is asked for. */
    private Future<?> last;

    private @Nullable DatabaseFailure over;
    private boolean ended;
    private boolean killed;
    private int underWay;
    private boolean transaction;
    /** Whether a statement failed since the transaction began: the server undoes it then, and calls that a commit. */
    private boolean failed;

    PostgresConnection(
            ContextInternal loop,
            PgConnectOptions options,
            ConnectionFactory<PgConnectOptions> sockets,
            PgConnection connection) {
        this.loop = loop;
        this.options = options;
        this.sockets = sockets;
        this.connection = connection;
        this.gone = loop.promise();
        this.last = loop.succeededFuture();
        this.inflow = Inflow.of(connection, this::tooMuch);
        connection.closeHandler(closed -> {
            ended = true;
            PostgresDriver.close(sockets);
            if (over == null) {
                gone.tryComplete();
            } else {
                gone.tryFail(over);
            }
        });
        connection.exceptionHandler(cause -> LOG.debug("A connection with {} broke", options.getHost(), cause));
        // Foreign text, as much as a server likes: not for the node's log
        connection.noticeHandler(notice -> {});
    }

    /** This, once {@code settings} are made. */
    Future<DatabaseConnection> settled(String settings) {
        return connection.query(settings).execute().map(this);
    }

    private void tooMuch() {
        over = new DatabaseFailure(
                DatabaseFailure.Kind.TOO_LARGE,
                "a row, or the rows that were asked for at once, took more than " + (Inflow.MOST >> 20)
                        + " MiB, and the connection was ended; leave large columns out, or ask for fewer rows at once");
    }

    /** Do {@code work} on the event loop, once all is done that was asked before, and name what goes wrong. */
    <T> Future<T> asking(Supplier<Future<T>> work) {
        Promise<T> answer = loop.promise();
        loop.runOnContext(go -> {
            underWay++;
            Future<T> asked = last.transform(before -> begun(work))
                    .onFailure(cause -> failed = true)
                    .recover(this::named)
                    .onComplete(any -> underWay--);
            last = asked;
            asked.onComplete(answer);
        });
        return answer.future();
    }

    private <T> Future<T> begun(Supplier<Future<T>> work) {
        if (killed || ended) {
            return Future.failedFuture(lost());
        }
        inflow.begin(false);
        return work.get();
    }

    private DatabaseFailure lost() {
        DatabaseFailure why = over;
        return why == null ? new DatabaseFailure(DatabaseFailure.Kind.LOST, "the connection is no more") : why;
    }

    Inflow inflow() {
        return inflow;
    }

    /** What is no answer of the server is a value that can't be sent, or the end of the connection: the server is asked whether it is there. */
    private <T> Future<T> named(Throwable cause) {
        if (over != null) {
            return Future.failedFuture(over);
        }
        if (Failures.isAnswer(cause)) {
            return Future.failedFuture(Failures.asking(cause, false));
        }
        return control("").transform(there -> Future.failedFuture(Failures.asking(cause, there.failed())));
    }

    @Override
    public Future<Long> execute(String sql, List<@Nullable Object> parameters) {
        return asking(() -> connection
                .preparedQuery(sql)
                .collecting(dropping())
                .execute(Tuple.wrap(parameters))
                .map(PostgresConnection::changed));
    }

    /** Keeps no row, however many come. */
    private static Collector<Row, ?, Boolean> dropping() {
        return Collector.of(() -> Boolean.TRUE, (nothing, row) -> {}, (one, other) -> one);
    }

    private static long changed(@Nullable SqlResult<?> first) {
        long rows = 0;
        for (SqlResult<?> result = first; result != null; result = result.next()) {
            rows += result.rowCount();
        }
        return rows;
    }

    @Override
    public Future<Long> executeAll(String sql, List<List<@Nullable String>> rows) {
        return asking(() -> from(sql, rows, 0, 0));
    }

    private Future<Long> from(String sql, List<List<@Nullable String>> rows, int first, long changed) {
        if (first >= rows.size()) {
            return loop.succeededFuture(changed);
        }
        int end = Math.min(rows.size(), first + ROWS_AT_ONCE);
        List<Tuple> some = new ArrayList<>(end - first);
        for (List<@Nullable String> row : rows.subList(first, end)) {
            some.add(Tuple.wrap(new ArrayList<Object>(row)));
        }
        return connection
                .preparedQuery(sql)
                .collecting(dropping())
                .executeBatch(some)
                .compose(result -> from(sql, rows, end, changed + changed(result)));
    }

    @Override
    public Future<DatabaseCursor> query(String sql, List<@Nullable Object> parameters) {
        return asking(() -> {
            boolean own = !transaction;
            // A cursor lives in a transaction.
            return (own ? control("BEGIN") : loop.<Void>succeededFuture())
                    .compose(begun -> PostgresCursor.open(this, sql, Tuple.wrap(parameters), own))
                    .recover(cause -> undone(own).transform(any -> Future.failedFuture(cause)))
                    .map(cursor -> cursor);
        });
    }

    /** After a query that failed. */
    Future<Void> undone(boolean own) {
        return own && !ended ? control("ROLLBACK") : loop.succeededFuture();
    }

    Future<Void> control(String statement) {
        return connection.query(statement).execute().mapEmpty();
    }

    PgConnection connection() {
        return connection;
    }

    @Override
    public Future<Void> begin() {
        return asking(() -> {
            if (transaction) {
                throw new DatabaseFailure(
                        DatabaseFailure.Kind.REFUSED, "a transaction is open already; commit or roll it back");
            }
            transaction = true;
            failed = false;
            return control("BEGIN");
        });
    }

    @Override
    public Future<Void> commit() {
        return asking(() -> {
            if (!transaction || failed) {
                boolean open = transaction;
                transaction = false;
                return (open ? control("ROLLBACK") : loop.<Void>succeededFuture())
                        .compose(undone -> Future.failedFuture(new DatabaseFailure(
                                DatabaseFailure.Kind.REFUSED,
                                open
                                        ? "a statement of the transaction failed, so nothing of it was kept"
                                        : "there is no transaction to commit")));
            }
            transaction = false;
            return control("COMMIT");
        });
    }

    @Override
    public Future<Void> rollback() {
        return asking(() -> {
            transaction = false;
            return control("ROLLBACK");
        });
    }

    @Override
    public Future<Void> gone() {
        return gone.future();
    }

    @Override
    public Future<Void> close() {
        Promise<Void> closed = loop.promise();
        loop.runOnContext(go -> {
            last.onComplete(done -> {
                if (!ended) {
                    connection.close();
                }
            });
            gone.future().onComplete(closed);
        });
        return closed.future();
    }

    @Override
    public void kill() {
        loop.runOnContext(go -> {
            if (killed || ended) {
                return;
            }
            killed = true;
            if (underWay > 0) {
                cancel();
            }
            PostgresDriver.close(sockets);
        });
    }

    /** A server notices that nobody listens any more only when it has something to say. */
    private void cancel() {
        PgConnectionFactory messenger =
                new PgConnectionFactory(loop.owner(), new NetClientOptions().setConnectTimeout(CANCEL_MILLIS));
        messenger
                .cancelRequest(options, connection.processId(), connection.secretKey())
                .timeout(CANCEL_MILLIS, TimeUnit.MILLISECONDS)
                .onFailure(cause -> LOG.debug("A statement on {} could not be cancelled", options.getHost(), cause))
                .onComplete(told -> PostgresDriver.close(messenger));
    }
}
