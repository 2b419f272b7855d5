package io.dataprism.charts;

import io.dataprism.api.TableBatch;
import io.dataprism.api.TableReader;
import io.vertx.core.Future;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a table into the rows that Vega-Lite takes. Times become texts in ISO form, in UTC without saying so. */
final class Rows {
    static final int BATCH = 4_096;
    private static final long MICROS = 1_000_000;

    private Rows() {}

    static Future<JsonArray> read(TableReader reader) {
        return next(reader, new JsonArray());
    }

    private static Future<JsonArray> next(TableReader reader, JsonArray rows) {
        return reader.next().compose(batch -> {
            if (batch.isEmpty()) {
                return Future.succeededFuture(rows);
            }
            add(batch.get(), rows);
            return next(reader, rows);
        });
    }

    static void add(TableBatch batch, JsonArray rows) {
        List<TableBatch.ColumnVector> columns = batch.columns();
        for (int i = 0; i < batch.rows(); i++) {
            JsonObject row = new JsonObject();
            for (TableBatch.ColumnVector column : columns) {
                row.put(column.name(), column.isNull(i) ? null : value(column, i));
            }
            rows.add(row);
        }
    }

    private static @Nullable Object value(TableBatch.ColumnVector column, int row) {
        return switch (column.type()) {
            case BOOLEAN -> column.getBoolean(row);
            case LONG -> column.getLong(row);
            case DOUBLE -> Double.isFinite(column.getDouble(row)) ? column.getDouble(row) : null;
            case DECIMAL -> Double.parseDouble(column.getText(row));
            case TEXT -> column.getText(row);
            case DATE -> LocalDate.ofEpochDay(column.getLong(row)).toString();
            case TIMESTAMP -> timestamp(column.getLong(row));
            case TIME -> LocalTime.ofNanoOfDay(column.getLong(row) * 1_000).toString();
            case JSON -> Json.decodeValue(column.getText(row));
            case BYTES -> null;
        };
    }

    private static String timestamp(long micros) {
        Instant instant = Instant.EPOCH
                .plus(Math.floorDiv(micros, MICROS), ChronoUnit.SECONDS)
                .plusNanos(Math.floorMod(micros, MICROS) * 1_000);
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.MILLIS)
                .toString();
    }
}
