package io.dataprism.kernel.context;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.api.TableBatch;
import io.dataprism.api.TableBatch.ColumnVector;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The values of a batch as the texts in which databases read them: ISO 8601 for times, in UTC; {@code \x…} for bytes. */
final class RowTexts {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
    private static final long DAY_MICROS = 86_400_000_000L;
    /** From year 1 to year 9999, beyond which the text would have another form. */
    private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();

    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

    private final PluginId plugin;

    RowTexts(PluginId plugin) {
        this.plugin = plugin;
    }

    /** Row by row. */
    List<List<@Nullable String>> of(TableBatch batch) {
        List<List<@Nullable String>> rows = new ArrayList<>(batch.rows());
        for (int row = 0; row < batch.rows(); row++) {
            @Nullable String[] texts = new @Nullable String[batch.columns().size()];
            for (int column = 0; column < texts.length; column++) {
                texts[column] = text(batch.columns().get(column), row);
            }
            rows.add(Arrays.asList(texts));
        }
        return rows;
    }

    private @Nullable String text(ColumnVector column, int row) {
        if (column.isNull(row)) {
            return null;
        }
        return switch (column.type()) {
            case BOOLEAN -> Boolean.toString(column.getBoolean(row));
            case LONG -> Long.toString(column.getLong(row));
            case DOUBLE -> Double.toString(column.getDouble(row));
            case TEXT, DECIMAL, JSON -> column.getText(row);
            case DATE -> date(column, column.getLong(row)).toString();
            case TIME -> time(column, column.getLong(row));
            case TIMESTAMP -> timestamp(column, column.getLong(row));
            case BYTES -> "\\x" + HexFormat.of().formatHex(column.getBytes(row).getBytes());
        };
    }

    private LocalDate date(ColumnVector column, long day) {
        if (day < FIRST_DAY || day > LAST_DAY) {
            throw outside(column, "day " + day + " since 1970", "a date from year 1 to year 9999");
        }
        return LocalDate.ofEpochDay(day);
    }

    private String timestamp(ColumnVector column, long micros) {
        date(column, Math.floorDiv(micros, DAY_MICROS));
        LocalDateTime time = LocalDateTime.ofInstant(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), ZoneOffset.UTC);
        return SECONDS.format(time) + fraction(Math.floorMod(micros, 1_000_000L)) + "+00";
    }

    private String time(ColumnVector column, long micros) {
        if (micros < 0 || micros > DAY_MICROS) {
            throw outside(column, micros + " µs", "a time of a day");
        }
        return micros == DAY_MICROS
                ? "24:00:00"
                : LocalTime.ofNanoOfDay(micros * 1_000).toString();
    }

    private static String fraction(long micros) {
        return micros == 0 ? "" : "." + String.format(Locale.ROOT, "%06d", micros);
    }

    private PluginException outside(ColumnVector column, String found, String expected) {
        return new PluginException(
                "DP-0878",
                "Plugin '" + plugin + "' wrote to a database: column '" + PluginException.excerpt(column.name())
                        + "' holds " + found + "; expected " + expected + ".");
    }
}
