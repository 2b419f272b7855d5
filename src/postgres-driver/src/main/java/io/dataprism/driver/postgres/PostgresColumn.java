package io.dataprism.driver.postgres;

import io.dataprism.api.ColumnType;
import io.dataprism.api.PluginException;
import io.dataprism.api.TableBatch;
import io.dataprism.api.TableSchema;
import io.dataprism.kernel.database.DatabaseFailure;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A column of a query: how it is read, and what it becomes. What vertx-pg-client would read with less than all of its digits, or not at all, the server
 * writes as text.
 *
 * @param name as the query names it
 * @param source the type in the database
 */
record PostgresColumn(String name, String source, Form form) {
    private static final long DAY_MICROS = 86_400_000_000L;
    /** As PostgreSQL writes a date or time in ISO style: years before the first end with BC. */
    private static final Pattern MOMENT =
            Pattern.compile("(\\d{4,7})-(\\d\\d)-(\\d\\d)(?: (\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?))?( BC)?");

    /** How a value is asked for, and the type in a table. */
    private enum Form {
        BOOLEAN(ColumnType.BOOLEAN, "%s"),
        WHOLE(ColumnType.LONG, "%s"),
        DOUBLE(ColumnType.DOUBLE, "%s"),
        DECIMAL(ColumnType.DECIMAL, "%s::text"),
        TEXT(ColumnType.TEXT, "%s::text"),
        DATE(ColumnType.DATE, "%s::text"),
        TIME(ColumnType.TIME, "%s::text"),
        LOCAL(ColumnType.TIMESTAMP, "%s::text"),
        INSTANT(ColumnType.TIMESTAMP, "(%s AT TIME ZONE 'UTC')::text"),
        JSON(ColumnType.JSON, "%s::text"),
        /** Arrays, whatever of. */
        LIST(ColumnType.JSON, "to_json(%s)::text"),
        BYTES(ColumnType.BYTES, "%s");

        private final ColumnType type;
        private final String read;

        Form(ColumnType type, String read) {
            this.type = type;
            this.read = read;
        }
    }

    /** @param typeName as vertx-pg-client names it */
    static PostgresColumn of(String name, String typeName) {
        return new PostgresColumn(name, typeName.toLowerCase(Locale.ROOT), form(typeName));
    }

    private static Form form(String typeName) {
        return switch (typeName) {
            case "BOOL" -> Form.BOOLEAN;
            case "INT2", "INT4", "INT8" -> Form.WHOLE;
            case "FLOAT4", "FLOAT8" -> Form.DOUBLE;
            case "NUMERIC" -> Form.DECIMAL;
            case "DATE" -> Form.DATE;
            case "TIME" -> Form.TIME;
            case "TIMESTAMP" -> Form.LOCAL;
            case "TIMESTAMPTZ" -> Form.INSTANT;
            case "JSON", "JSONB" -> Form.JSON;
            case "BYTEA" -> Form.BYTES;
            default -> typeName.endsWith("_ARRAY") ? Form.LIST : Form.TEXT;
        };
    }

    /** How the query asks for {@code column}. */
    String read(String column) {
        return form.read.replace("%s", column);
    }

    /** Whether none of its values is large. */
    boolean isSmall() {
        return switch (form) {
            case BOOLEAN, WHOLE, DOUBLE, DATE, TIME, LOCAL, INSTANT -> true;
            case DECIMAL, TEXT, JSON, LIST, BYTES -> false;
        };
    }

    TableSchema.Column column() {
        return new TableSchema.Column(name, form.type);
    }

    /** Column {@code index} of {@code rows}. */
    void add(TableBatch.Builder batch, List<Row> rows, int index) {
        BitSet nulls = new BitSet(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            nulls.set(row, rows.get(row).getValue(index) == null);
        }
        switch (form.type) {
            case DOUBLE -> batch.doubles(name, nulls, doubles(rows, index, nulls));
            case TEXT, DECIMAL, JSON -> batch.texts(name, form.type, nulls, texts(rows, index, nulls));
            case BYTES -> batch.bytes(name, nulls, bytes(rows, index, nulls));
            default -> batch.longs(name, form.type, nulls, longs(rows, index, nulls));
        }
    }

    private static double[] doubles(List<Row> rows, int index, BitSet nulls) {
        double[] values = new double[rows.size()];
        for (int row = nulls.nextClearBit(0); row < values.length; row = nulls.nextClearBit(row + 1)) {
            values[row] = rows.get(row).getDouble(index);
        }
        return values;
    }

    private String[] texts(List<Row> rows, int index, BitSet nulls) {
        String[] values = new String[rows.size()];
        for (int row = nulls.nextClearBit(0); row < values.length; row = nulls.nextClearBit(row + 1)) {
            String text = rows.get(row).getString(index);
            if (form == Form.DECIMAL && !Character.isDigit(text.charAt(text.length() - 1))) {
                throw unfit(text);
            }
            values[row] = text;
        }
        return values;
    }

    private static byte[][] bytes(List<Row> rows, int index, BitSet nulls) {
        byte[][] values = new byte[rows.size()][];
        for (int row = nulls.nextClearBit(0); row < values.length; row = nulls.nextClearBit(row + 1)) {
            values[row] = ((Buffer) rows.get(row).getValue(index)).getBytes();
        }
        return values;
    }

    private long[] longs(List<Row> rows, int index, BitSet nulls) {
        long[] values = new long[rows.size()];
        for (int row = nulls.nextClearBit(0); row < values.length; row = nulls.nextClearBit(row + 1)) {
            values[row] = whole(rows.get(row).getValue(index));
        }
        return values;
    }

    private long whole(Object value) {
        return switch (form) {
            case BOOLEAN -> (Boolean) value ? 1 : 0;
            case DATE, LOCAL, INSTANT -> moment((String) value);
            case TIME -> timeOfDay((String) value);
            default -> ((Number) value).longValue();
        };
    }

    /** Days since 1970 of a date, microseconds of a time; infinity is neither. */
    private long moment(String text) {
        Matcher found = MOMENT.matcher(text);
        if (!found.matches()) {
            throw unfit(text);
        }
        int year = Integer.parseInt(found.group(1));
        LocalDate date = LocalDate.of(
                found.group(5) == null ? year : 1 - year,
                Integer.parseInt(found.group(2)),
                Integer.parseInt(found.group(3)));
        return found.group(4) == null ? date.toEpochDay() : date.toEpochDay() * DAY_MICROS + timeOfDay(found.group(4));
    }

    private static long timeOfDay(String text) {
        return text.startsWith("24") ? DAY_MICROS : LocalTime.parse(text).toNanoOfDay() / 1_000;
    }

    private DatabaseFailure unfit(String found) {
        return new DatabaseFailure(
                DatabaseFailure.Kind.VALUE,
                "column '" + PluginException.excerpt(name) + "' of type " + source + " holds "
                        + PluginException.excerpt(found)
                        + ", which a table can't hold; leave such rows out, or ask for the column as text");
    }
}
