package io.dataprism.kernel.context;

import io.dataprism.api.DatabaseSession;
import io.dataprism.api.PluginException;
import io.dataprism.api.RowReader;
import io.dataprism.api.TableBatch;
import io.dataprism.kernel.database.DatabaseConnection;
import io.dataprism.kernel.database.DatabaseCursor;
import io.dataprism.kernel.database.DatabaseFailure;
import io.dataprism.kernel.database.DatabaseTarget;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A session of one plugin: forwards what it asks to the connection, and ends with its permission. The connection works on an event loop; answers are
 * handed to the plugin's slices. Safe to use from any thread.
 */
final class OpenSession implements DatabaseSession {
    /** What may wait for an answer at once. */
    static final int MOST_WAITING = 64;

    private static final int MOST_ROWS = 65_536;
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration LEAVE = Duration.ofSeconds(5);

    private final PluginRuntime runtime;
    private final DatabaseTarget target;
    private final DatabaseConnection connection;
    private final BooleanSupplier mayStill;
    private final Runnable release;
    private final Set<Promise<?>> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean reading = new AtomicBoolean();
    private final AtomicReference<@Nullable PluginException> over = new AtomicReference<>();
    private final Promise<Void> ended;

    /**
     * @param mayStill whether what it stands on is still granted
     * @param release is run once it has ended
     */
    OpenSession(
            PluginRuntime runtime,
            DatabaseTarget target,
            DatabaseConnection connection,
            BooleanSupplier mayStill,
            Runnable release) {
        this.runtime = runtime;
        this.target = target;
        this.connection = connection;
        this.mayStill = mayStill;
        this.release = release;
        this.ended = runtime.deployment().promise();
        connection.gone().onComplete(gone -> end(lost()));
    }

    private PluginException lost() {
        return new PluginException(
                "DP-0875",
                "Plugin '" + runtime.id() + "' lost its connection with " + target
                        + ": it broke, or the server ended it. Nothing of an open transaction was kept. Open another session.");
    }

    private PluginException revoked() {
        return new PluginException(
                "DP-0874",
                "Plugin '" + runtime.id() + "' lost its connection with " + target
                        + ": the permission for it was taken back. Nothing of an open transaction was kept.");
    }

    /** What a driver says, told of a plugin. */
    static PluginException named(PluginRuntime runtime, DatabaseTarget target, String doing, Throwable cause) {
        if (!(cause instanceof DatabaseFailure failure)) {
            return cause instanceof PluginException named
                    ? named
                    : new PluginException(
                            "DP-0877",
                            "Plugin '" + runtime.id() + "' " + doing + " " + target + ": " + cause + ".",
                            cause);
        }
        return new PluginException(
                failure.code(),
                "Plugin '" + runtime.id() + "' " + doing + " " + target + ": " + failure.getMessage() + ".",
                failure);
    }

    boolean isBusy() {
        return !waiting.isEmpty();
    }

    /** Now, whatever goes on: who waits for an answer, and for the end, learns {@code why}. */
    void end(PluginException why) {
        if (over.compareAndSet(null, why)) {
            finish(why);
            ended.tryFail(why);
        } else {
            // Its plugin closed it, and does not wait for the server to take leave any more.
            finish(why);
            ended.tryComplete();
        }
    }

    private void finish(PluginException why) {
        connection.kill();
        release.run();
        waiting.forEach(answer -> answer.tryFail(why));
    }

    @Override
    public Future<Long> execute(String sql, List<? extends @Nullable Object> parameters) {
        try {
            List<@Nullable Object> values = DatabaseValues.copied(runtime.id(), parameters);
            return ask(on -> on.execute(sql, values));
        } catch (PluginException wrong) {
            return runtime.deployment().failed(wrong);
        }
    }

    @Override
    public Future<Long> write(String sql, TableBatch rows) {
        RowTexts texts = new RowTexts(runtime.id());
        return ask(on -> on.executeAll(sql, texts.of(rows)));
    }

    @Override
    public Future<RowReader> query(String sql, List<? extends @Nullable Object> parameters, int batchRows) {
        if (batchRows < 1 || batchRows > MOST_ROWS) {
            return runtime.deployment()
                    .failed(new PluginException(
                            "DP-0878",
                            "Plugin '" + runtime.id() + "' asked a database for batches of " + batchRows
                                    + " rows; expected from 1 to " + MOST_ROWS + "."));
        }
        try {
            List<@Nullable Object> values = DatabaseValues.copied(runtime.id(), parameters);
            return this.<DatabaseCursor>ask(on -> {
                        reading.set(true);
                        return on.query(sql, values).onFailure(refused -> reading.set(false));
                    })
                    .map(cursor -> new SessionReader(this, cursor, batchRows));
        } catch (PluginException wrong) {
            return runtime.deployment().failed(wrong);
        }
    }

    @Override
    public Future<Void> begin() {
        return ask(DatabaseConnection::begin);
    }

    @Override
    public Future<Void> commit() {
        return ask(DatabaseConnection::commit);
    }

    @Override
    public Future<Void> rollback() {
        return ask(DatabaseConnection::rollback);
    }

    <T> Future<T> refused(PluginException why) {
        return runtime.deployment().failed(why);
    }

    /** An answer that is there already. */
    <T> Future<T> answered(@Nullable T value) {
        return runtime.deployment().succeeded(value);
    }

    /** Once the reader is done with, the session can be asked again. */
    void read() {
        reading.set(false);
    }

    private <T> Future<T> ask(Function<DatabaseConnection, Future<T>> question) {
        return put(question, false);
    }

    /** The same of whoever reads now. */
    <T> Future<T> askReading(Function<DatabaseConnection, Future<T>> question) {
        return put(question, true);
    }

    private <T> Future<T> put(Function<DatabaseConnection, Future<T>> question, boolean reader) {
        Promise<T> answer = runtime.deployment().promise();
        waiting.add(answer);
        if (waiting.size() > MOST_WAITING) {
            waiting.remove(answer);
            answer.fail(busy(MOST_WAITING + " statements wait for an answer, which is the most. Wait for some."));
            return answer.future();
        }
        // Nothing of the plugin's is on the stack where the database is spoken with.
        runtime.deployment().context().runOnContext(go -> put(question, reader, answer));
        return answer.future();
    }

    private <T> void put(Function<DatabaseConnection, Future<T>> question, boolean reader, Promise<T> answer) {
        if (over.get() == null && !mayStill.getAsBoolean()) {
            end(revoked());
        }
        PluginException refusal = over.get();
        if (refusal == null && reading.get() != reader) {
            refusal = busy(
                    reader
                            ? "the reader was closed."
                            : "a query is being read. Read it to the end, close its reader, or open another session.");
        }
        if (refusal != null) {
            waiting.remove(answer);
            answer.tryFail(refusal);
            return;
        }
        try {
            question.apply(connection)
                    .timeout(LONGEST.toMillis(), TimeUnit.MILLISECONDS)
                    .onComplete(result -> deliver(result, answer));
        } catch (PluginException wrong) {
            waiting.remove(answer);
            answer.tryFail(wrong);
        }
    }

    private PluginException busy(String why) {
        return new PluginException("DP-0873", "Plugin '" + runtime.id() + "' can't ask " + target + " now: " + why);
    }

    /** On the driver's event loop. */
    private <T> void deliver(AsyncResult<T> result, Promise<T> answer) {
        waiting.remove(answer);
        if (result.succeeded()) {
            answer.tryComplete(result.result());
            return;
        }
        Throwable cause = result.cause();
        if (cause instanceof TimeoutException) {
            end(new PluginException(
                    "DP-0879",
                    "Plugin '" + runtime.id() + "' waited " + LONGEST.toMinutes() + " minutes for an answer of "
                            + target + ", which is the longest; the session was ended. Ask for less at once."));
        } else if (cause instanceof DatabaseFailure failure && failure.kind() == DatabaseFailure.Kind.LOST) {
            end(lost());
        }
        PluginException why = over.get();
        answer.tryFail(why == null ? named(runtime, target, "was refused by", cause) : why);
    }

    @Override
    public Future<Void> ended() {
        return ended.future();
    }

    @Override
    public Future<Void> close() {
        Promise<Void> closed = runtime.deployment().promise();
        PluginException why = new PluginException(
                "DP-0880", "Plugin '" + runtime.id() + "' closed its session with " + target + ". Open another one.");
        if (over.compareAndSet(null, why)) {
            runtime.deployment()
                    .context()
                    .runOnContext(go -> connection
                            .close()
                            .timeout(LEAVE.toMillis(), TimeUnit.MILLISECONDS)
                            .onComplete(left -> {
                                finish(why);
                                ended.tryComplete();
                                closed.tryComplete();
                            }));
        } else {
            closed.complete();
        }
        return closed.future();
    }
}
