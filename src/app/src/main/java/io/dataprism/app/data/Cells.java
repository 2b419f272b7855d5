package io.dataprism.app.data;

import io.dataprism.api.ColumnType;
import io.dataprism.api.TableBatch.ColumnVector;
import io.vertx.core.json.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A table's values as JSON values and as text. */
public final class Cells {
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private Cells() {}

    /** As JSON holds it: numbers and truth values as they are, times as ISO-8601 text, nested values as objects and arrays. */
    public static @Nullable Object json(ColumnVector column, int row) {
        if (column.isNull(row)) {
            return null;
        }
        return switch (column.type()) {
            case BOOLEAN -> column.getBoolean(row);
            case LONG -> column.getLong(row);
            case DOUBLE -> finite(column.getDouble(row));
            case DECIMAL -> new BigDecimal(column.getText(row));
            case JSON -> Json.decodeValue(column.getText(row));
            default -> text(column, row);
        };
    }

    private static @Nullable Object finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    /** As a reader wants it; empty where there is no value. */
    public static String text(ColumnVector column, int row) {
        if (column.isNull(row)) {
            return "";
        }
        return switch (column.type()) {
            case BOOLEAN -> String.valueOf(column.getBoolean(row));
            case LONG -> String.valueOf(column.getLong(row));
            case DOUBLE -> number(column.getDouble(row));
            case TEXT, DECIMAL, JSON -> column.getText(row);
            case DATE -> LocalDate.ofEpochDay(column.getLong(row)).toString();
            case TIME ->
                LocalTime.MIDNIGHT.plus(column.getLong(row), ChronoUnit.MICROS).toString();
            case TIMESTAMP -> timestamp(column.getLong(row));
            case BYTES ->
                Base64.getEncoder().encodeToString(column.getBytes(row).getBytes());
        };
    }

    private static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return String.valueOf((long) value);
        }
        return String.valueOf(value);
    }

    private static String timestamp(long micros) {
        Instant instant = Instant.EPOCH.plus(Duration.of(micros, ChronoUnit.MICROS));
        String text = TIMESTAMP.format(instant.atOffset(ZoneOffset.UTC));
        long fraction = Math.floorMod(micros, 1_000_000L);
        return fraction == 0
                ? text
                : text + "." + String.format("%06d", fraction).replaceFirst("0+$", "");
    }

    /** Whether a column's values stand right in a table. */
    public static boolean isNumeric(ColumnType type) {
        return type == ColumnType.LONG || type == ColumnType.DOUBLE || type == ColumnType.DECIMAL;
    }
}
