package io.dataprism.tables;

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
    private InlineResult() {}

    static InlineRows read(BatchCursor cursor) {
        JsonArray rows = new JsonArray();
        for (Optional<TableBatch> batch = cursor.next(); batch.isPresent(); batch = cursor.next()) {
            for (int row = 0; row < batch.get().rows(); row++) {
                JsonObject json = new JsonObject();
                for (TableBatch.ColumnVector column : batch.get().columns()) {
                    json.put(column.name(), value(column, row));
                }
                rows.add(json);
            }
        }
        return new InlineRows(rows);
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
