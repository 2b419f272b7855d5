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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
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
    /** The batch that came last. */
    private final AtomicReference<Held> batch;

    private final AtomicInteger committing = new AtomicInteger();
    private final AtomicBoolean ending = new AtomicBoolean();
    /** Why, which is told a moment after {@link #ending}: what is said of a transaction must not be overtaken by a commit. */
    private final AtomicReference<@Nullable PluginException> over = new AtomicReference<>();

    private final Promise<Void> ended;
    private volatile boolean left;

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
        this.batch = new AtomicReference<>(new Held(runtime.memory()));
        this.ended = runtime.deployment().promise();
        connection
                .gone()
                .onSuccess(gone -> end(this::lost))
                .onFailure(why -> end(() -> named(runtime, shown(), "lost its connection with", why)));
    }

    /** Without where it is: whoever is told by the plugin has no business with that. */
    private String shown() {
        return "database '" + PluginException.excerpt(target.database()) + "'";
    }

    /** What became of a transaction when the session ends now. */
    String fate() {
        return committing.get() > 0
                ? "A commit was under way; whether it was kept isn't known."
                : "Nothing of an open transaction was kept.";
    }

    private PluginException lost() {
        return new PluginException(
                "DP-0875",
                "Plugin '" + runtime.id() + "' lost its connection with " + shown()
                        + ": it broke, or the server ended it. " + fate() + " Open another session.");
    }

    private PluginException revoked() {
        return new PluginException(
                "DP-0874",
                "Plugin '" + runtime.id() + "' lost its connection with " + shown()
                        + ": the permission for it was taken back. " + fate());
    }

    /** What a driver says, told of a plugin. */
    static PluginException named(PluginRuntime runtime, String target, String doing, Throwable cause) {
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

    /** Now, whatever goes on: who waits for an answer, and for the end, learns {@code why}, which is asked once no commit can begin any more. */
    void end(Supplier<PluginException> why) {
        if (ending.compareAndSet(false, true)) {
            PluginException told = why.get();
            over.set(told);
            ended.tryFail(told);
            finish(told);
        } else if (left) {
            // Its plugin closed it, and does not wait for the server to take leave any more.
            finish(closedItself());
            ended.tryComplete();
        }
    }

    private void finish(PluginException why) {
        connection.kill();
        release.run();
        letGo();
        waiting.forEach(answer -> answer.tryFail(why));
    }

    /** Put {@code bytes} of rows that came on the plugin's account, until {@link #letGo}. */
    void hold(long bytes) {
        Held rows = new Held(runtime.memory());
        batch.getAndSet(rows).release();
        rows.take(bytes);
        if (ending.get()) {
            rows.release();
        }
    }

    void letGo() {
        batch.getAndSet(new Held(runtime.memory())).release();
    }

    @Override
    public Future<Long> execute(String sql, List<? extends @Nullable Object> parameters) {
        try {
            List<@Nullable Object> values = DatabaseValues.copied(runtime.id(), parameters);
            return ask(on -> on.execute(sql, values));
        } catch (RuntimeException wrong) {
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
        } catch (RuntimeException wrong) {
            return runtime.deployment().failed(wrong);
        }
    }

    @Override
    public Future<Void> begin() {
        return ask(DatabaseConnection::begin);
    }

    @Override
    public Future<Void> commit() {
        committing.incrementAndGet();
        return ask(DatabaseConnection::commit).onComplete(answered -> committing.decrementAndGet());
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
        if (!ending.get() && !mayStill.getAsBoolean()) {
            end(this::revoked);
        }
        PluginException refusal = over.get();
        if (refusal == null && ending.get()) {
            // Whoever ends it fails all that waits.
            return;
        }
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
        } catch (RuntimeException wrong) {
            waiting.remove(answer);
            answer.tryFail(wrong);
        }
    }

    private PluginException busy(String why) {
        return new PluginException("DP-0873", "Plugin '" + runtime.id() + "' can't ask " + shown() + " now: " + why);
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
            end(this::late);
        } else if (cause instanceof DatabaseFailure failure && failure.kind() == DatabaseFailure.Kind.LOST) {
            end(this::lost);
        } else if (cause instanceof DatabaseFailure failure && failure.kind() == DatabaseFailure.Kind.TOO_LARGE) {
            end(() -> named(runtime, shown(), "lost its connection with", failure));
        }
        PluginException why = over.get();
        answer.tryFail(why == null ? named(runtime, shown(), "was refused by", cause) : why);
    }

    private PluginException late() {
        return new PluginException(
                "DP-0879",
                "Plugin '" + runtime.id() + "' waited " + LONGEST.toMinutes() + " minutes for an answer of " + shown()
                        + ", which is the longest; the session was ended. " + fate() + " Ask for less at once.");
    }

    @Override
    public Future<Void> ended() {
        return ended.future();
    }

    private PluginException closedItself() {
        return new PluginException(
                "DP-0880", "Plugin '" + runtime.id() + "' closed its session with " + shown() + ". Open another one.");
    }

    @Override
    public Future<Void> close() {
        Promise<Void> closed = runtime.deployment().promise();
        if (ending.compareAndSet(false, true)) {
            PluginException why = closedItself();
            over.set(why);
            left = true;
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
