package io.dataprism.tables.engine;

import io.dataprism.api.TableBatch;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads a table in batches. DuckDB makes rows only as they are asked for, and a batch of wide rows has fewer of them, so memory does not
 * grow with the table. Methods may be called from any thread, one at a time.
 */
public final class BatchCursor implements AutoCloseable {
    private static final int MOST_CELLS = 1 << 21;
    private static final long MOST_BYTES = 16L << 20;

    private final Session session;
    private final StoredTable table;
    private final int batchRows;
    private final PreparedStatement statement;
    private final ResultSet results;
    private boolean ended;

    private BatchCursor(
            Session session, StoredTable table, int batchRows, PreparedStatement statement, ResultSet results) {
        this.session = session;
        this.table = table;
        this.batchRows =
                Math.max(1, Math.min(batchRows, MOST_CELLS / table.columns().size()));
        this.statement = statement;
        this.results = results;
    }

    static BatchCursor open(Session session, StoredTable table, int batchRows) {
        String values = table.columns().stream().map(BatchCursor::value).collect(Collectors.joining(", "));
        try {
            PreparedStatement statement = session.prepare("SELECT " + values + " FROM " + table.qualified(), List.of());
            session.running(statement);
            return new BatchCursor(session, table, batchRows, statement, statement.executeQuery());
        } catch (SQLException e) {
            session.close();
            throw session.failure(e, false);
        }
    }

    /** A column's value in the form that {@link TableBatch} holds. */
    private static String value(Column column) {
        String name = column.quoted();
        return switch (column.type()) {
            case BOOLEAN, BYTES -> name;
            case LONG -> name + "::BIGINT";
            case DOUBLE -> name + "::DOUBLE";
            case DECIMAL, TEXT -> name + "::VARCHAR";
            case DATE -> "CASE WHEN isfinite(" + name + ") THEN date_diff('day', DATE '1970-01-01', " + name + ") END";
            case TIMESTAMP -> "CASE WHEN isfinite(" + name + ") THEN epoch_us(" + name + ") END";
            case TIME -> "epoch_us(" + name + ")";
            case JSON -> column.sqlType().equals("JSON") ? name + "::VARCHAR" : "to_json(" + name + ")::VARCHAR";
        };
    }

    public StoredTable table() {
        return table;
    }

    /** The next rows, as many as a batch takes or as are left; empty at the end, which also closes the cursor. */
    public synchronized Optional<TableBatch> next() {
        if (ended) {
            return Optional.empty();
        }
        try {
            TableBatch batch = read();
            return batch.rows() == 0 ? Optional.empty() : Optional.of(batch);
        } catch (SQLException e) {
            close();
            throw session.failure(e, false);
        }
    }

    private TableBatch read() throws SQLException {
        List<BatchColumn> columns = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            columns.add(BatchColumn.of(table.columns().get(i), i + 1, batchRows));
        }
        int rows = 0;
        for (long bytes = 0; rows < batchRows && bytes < MOST_BYTES && hasNext(); rows++) {
            for (BatchColumn column : columns) {
                bytes += column.take(results, rows);
            }
        }
        TableBatch.Builder batch = new TableBatch.Builder(rows);
        columns.forEach(column -> column.give(batch));
        return batch.build();
    }

    private boolean hasNext() throws SQLException {
        if (!results.next()) {
            close();
            return false;
        }
        return true;
    }

    @Override
    public synchronized void close() {
        if (ended) {
            return;
        }
        ended = true;
        session.running(null);
        try {
            results.close();
            statement.close();
        } catch (SQLException e) {
            throw session.failure(e, false);
        } finally {
            session.close();
        }
    }
}
