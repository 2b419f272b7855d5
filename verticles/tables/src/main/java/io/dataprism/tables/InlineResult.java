package io.dataprism.tables;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import io.dataprism.api.InlineRows;
import io.dataprism.api.TableBatch;
import io.dataprism.tables.engine.BatchCursor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of a table as JSON: dates and times in ISO 8601, nested values as what they are, bytes in Base64. */
final class InlineResult {
    private static final long MOST_BYTES = 128L << 20;
    /** What a value takes as JSON beside itself. */
    private static final long CELL_BYTES = 48;

    private InlineResult() {}

    /** @throws CallException {@code INVALID} where the rows are more than fits into a message */
    static InlineRows read(BatchCursor cursor) {
        JsonArray rows = new JsonArray();
        long bytes = 0;
        for (Optional<TableBatch> batch = cursor.next(); batch.isPresent(); batch = cursor.next()) {
            bytes += weight(batch.get());
            if (bytes > MOST_BYTES) {
                throw new CallException(
                        FailureKind.INVALID,
                        "Tables: the result takes more than " + (MOST_BYTES >> 20)
                                + " MB, which is too much for rows inline. Select fewer columns or rows, or ask for a table.");
            }
            take(batch.get(), rows);
        }
        return new InlineRows(rows);
    }

    private static long weight(TableBatch batch) {
        return batch.weight() + CELL_BYTES * batch.rows() * batch.columns().size();
    }

    private static void take(TableBatch batch, JsonArray rows) {
        for (int row = 0; row < batch.rows(); row++) {
            JsonObject json = new JsonObject();
            for (TableBatch.ColumnVector column : batch.columns()) {
                json.put(column.name(), value(column, row));
            }
            rows.add(json);
        }
    }

    private static @Nullable Object value(TableBatch.ColumnVector column, int row) {
        if (column.isNull(row)) {
            return null;
        }
        return switch (column.type()) {
            case BOOLEAN -> column.getBoolean(row);
            case LONG -> column.getLong(row);
            case DOUBLE -> Double.isFinite(column.getDouble(row)) ? column.getDouble(row) : null;
            case DECIMAL, TEXT -> column.getText(row);
            case DATE -> LocalDate.ofEpochDay(column.getLong(row)).toString();
            case TIMESTAMP ->
                Instant.EPOCH.plus(column.getLong(row), ChronoUnit.MICROS).toString();
            case TIME -> LocalTime.ofNanoOfDay(column.getLong(row) * 1000).toString();
            case JSON -> nested(column.getText(row));
            case BYTES ->
                Base64.getEncoder().encodeToString(column.getBytes(row).getBytes());
        };
    }

    private static @Nullable Object nested(String json) {
        return new JsonArray("[" + json + "]").getValue(0);
    }
}
