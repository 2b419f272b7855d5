package io.dataprism.api;

import io.vertx.core.Future;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a database. Statements run one after the other, each for ten minutes at most. Values are given as parameters ({@code $1}), never
 * written into the statement: null, booleans, {@code Integer}, {@code Long}, {@code Double}, {@code BigDecimal}, {@code String}, {@code Buffer}, {@code
 * LocalDate}, {@code LocalTime}, {@code LocalDateTime}, {@code OffsetDateTime}, {@code UUID}, {@code JsonObject}, {@code JsonArray}.
 *
 * <p>It ends with the plugin, with its permission, and with the server; what was begun and not committed is then as if it had never been. When it ends
 * while {@link #commit} is under way, whether that was kept isn't known. A statement that the database refuses fails with {@code DP-0877}, and the session goes on.
 */
public interface DatabaseSession {

    /**
     * Run one statement; rows that it answers with are left out.
     *
     * @return how many rows it changed
     */
    Future<Long> execute(String sql, List<? extends @Nullable Object> parameters);

    /**
     * Read what a query answers: one that may stand in parentheses after {@code FROM}. Nothing else can be asked of the session until its reader is read to
     * the end or closed.
     *
     * @param batchRows rows a batch at most, from 1 to 65,536; fewer where rows are large. More than 64 MiB in one row, or in the few that are fetched at
     *     once, end the session with {@code DP-0885}
     */
    Future<RowReader> query(String sql, List<? extends @Nullable Object> parameters, int batchRows);

    /**
     * Run {@code sql} once for each row, whose values are its parameters, column by column, each as its text: {@code CAST($1::text AS uuid)}.
     *
     * @return how many rows it changed
     */
    Future<Long> write(String sql, TableBatch rows);

    /** Begin a transaction. Use this, {@link #commit} and {@link #rollback}, not the statements. */
    Future<Void> begin();

    /**
     * Keep what was done since {@link #begin}; fails with {@code DP-0877} where a statement failed since, also one whose answer was not awaited, and nothing is kept.
     */
    Future<Void> commit();

    /** Undo what was done since {@link #begin}. */
    Future<Void> rollback();

    /** Do {@code work} in a transaction: wholly or not at all. */
    default <T> Future<T> transaction(Supplier<Future<T>> work) {
        return begin().compose(begun -> work.get()
                .compose(done -> commit().map(done))
                .recover(failure -> rollback().transform(undone -> Future.failedFuture(failure))));
    }

    /**
     * Succeeds once it was closed by {@link #close}; fails where it was lost: with {@code DP-0874} when the permission was taken back, with {@code DP-0875} when the
     * connection broke, with {@code DP-0885} when more came at once than the node holds.
     */
    Future<Void> ended();

    /** End it; a transaction that was not committed is undone. One that ended already is no failure. */
    Future<Void> close();
}
