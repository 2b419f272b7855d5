package io.dataprism.driver.postgres;

import io.dataprism.api.TableBatch;
import io.dataprism.api.TableSchema;
import io.dataprism.kernel.database.DatabaseCursor;
import io.dataprism.kernel.database.DatabaseFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Cursor;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import io.vertx.sqlclient.desc.ColumnDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads one query through a cursor of the server, which holds the rows back until they are asked for. */
final class PostgresCursor implements DatabaseCursor {
    /** A batch is full at that. */
    private static final long FULL = 1L << 20;
    /** Rows that are asked for at once: how large they are shows when they are there. */
    private static final int MOST_ROWS = 64;

    private static final int MOST_SMALL_ROWS = 2_048;

    private final PostgresConnection connection;
    private final List<PostgresColumn> columns;
    private final PreparedStatement statement;
    private final Cursor cursor;
    private final boolean own;
    private int round;
    private boolean started;
    private boolean done;

    private PostgresCursor(
            PostgresConnection connection,
            List<PostgresColumn> columns,
            PreparedStatement statement,
            Tuple parameters,
            boolean own) {
        this.connection = connection;
        this.columns = columns;
        this.statement = statement;
        this.cursor = statement.cursor(parameters);
        this.own = own;
        this.round = mostAtOnce();
    }

    private int mostAtOnce() {
        return columns.stream().allMatch(PostgresColumn::isSmall) ? MOST_SMALL_ROWS : MOST_ROWS;
    }

    /**
     * In a transaction, on the event loop.
     *
     * @param own whether the transaction ends with this
     */
    static Future<DatabaseCursor> open(PostgresConnection connection, String sql, Tuple parameters, boolean own) {
        String query = "(" + sql.strip().replaceFirst(";$", "") + "\n)";
        return connection
                .connection()
                .preparedQuery("SELECT * FROM " + query + " AS q LIMIT 0")
                .execute(parameters)
                .map(PostgresCursor::columns)
                .compose(columns -> connection
                        .connection()
                        .prepare(reading(query, columns))
                        .map(statement -> new PostgresCursor(connection, columns, statement, parameters, own)));
    }

    private static List<PostgresColumn> columns(RowSet<Row> nothing) {
        List<PostgresColumn> columns = new ArrayList<>();
        @Nullable List<ColumnDescriptor> described = nothing.columnDescriptors();
        if (described == null || described.isEmpty()) {
            throw new DatabaseFailure(DatabaseFailure.Kind.REFUSED, "the query answers with no columns");
        }
        described.forEach(column -> columns.add(PostgresColumn.of(column.name(), column.typeName())));
        return columns;
    }

    /** The query, each column in the form in which it is read; by position, since names may stand twice. */
    private static String reading(String query, List<PostgresColumn> columns) {
        String names = IntStream.range(0, columns.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        String values = IntStream.range(0, columns.size())
                .mapToObj(i -> columns.get(i).read("q.c" + i))
                .collect(Collectors.joining(", "));
        return "SELECT " + values + " FROM " + query + " AS q(" + names + ")";
    }

    @Override
    public List<TableSchema.Column> columns() {
        return columns.stream().map(PostgresColumn::column).toList();
    }

    @Override
    public Future<Optional<TableBatch>> next(int most) {
        return connection.asking(() -> {
            if (done || (started && !cursor.hasMore())) {
                return finish("COMMIT").map(Optional.empty());
            }
            started = true;
            Promise<List<Row>> gathered = Promise.promise();
            gather(new ArrayList<>(), most, 0, gathered);
            return gathered.future()
                    .compose(rows -> rows.isEmpty()
                            ? finish("COMMIT").map(Optional.<TableBatch>empty())
                            : Future.succeededFuture(Optional.of(batch(rows))))
                    .recover(cause -> finish("ROLLBACK").transform(any -> Future.failedFuture(cause)));
        });
    }

    /** A few rows after the other, until they are {@code most} or {@link #FULL}. */
    private void gather(List<Row> rows, int most, long bytes, Promise<List<Row>> gathered) {
        int asked = Math.min(round, most - rows.size());
        connection.inflow().begin(true);
        cursor.read(asked).onFailure(gathered::fail).onSuccess(found -> {
            long came = connection.inflow().came();
            found.forEach(rows::add);
            long fitting = FULL * Math.max(1, found.size()) / Math.max(1, came);
            round = (int) Math.max(1, Math.min(mostAtOnce(), fitting));
            if (cursor.hasMore() && rows.size() < most && bytes + came < FULL) {
                gather(rows, most, bytes + came, gathered);
            } else {
                gathered.complete(rows);
            }
        });
    }

    private TableBatch batch(List<Row> rows) {
        TableBatch.Builder batch = new TableBatch.Builder(rows.size());
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).add(batch, rows, i);
        }
        return batch.build();
    }

    @Override
    public Future<Void> close() {
        return connection.asking(() -> finish("COMMIT"));
    }

    private Future<Void> finish(String end) {
        if (done) {
            return Future.succeededFuture();
        }
        done = true;
        if (own) {
            // The cursor ends with its transaction.
            return connection.control(end).compose(ended -> statement.close());
        }
        return cursor.close().compose(closed -> statement.close());
    }
}
