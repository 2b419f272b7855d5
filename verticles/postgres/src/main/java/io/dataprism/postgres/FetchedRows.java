package io.dataprism.postgres;

import io.dataprism.api.ColumnType;
import io.dataprism.api.PluginException;
import io.dataprism.api.TableBatch;
import io.dataprism.api.TableSchema;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is fetched on its way into a table: rows of texts, and the query that makes columns of the right types of them. The tables' provider guesses types of rows from their
 * values, so that each text begins with {@code =}, which looks like nothing else, and each piece begins with a row of empty texts, which is left out at the end: every column of every piece is one of texts.
 */
final class FetchedRows {
    /** What the tables' provider reads as one row. */
    private static final int LONGEST_ROW = 4_000_000;

    private static final long MOST_CHARACTERS = 1L << 30;
    private static final int MOST_DIGITS = 38;

    private final List<TableSchema.Column> columns;
    private final long mostRows;
    private final int[] whole;
    private final int[] scale;
    private long rows;
    private long characters;

    FetchedRows(List<TableSchema.Column> columns, long mostRows) {
        this.columns = columns;
        this.mostRows = mostRows;
        this.whole = new int[columns.size()];
        this.scale = new int[columns.size()];
        Set<String> names = new HashSet<>();
        for (TableSchema.Column column : columns) {
            // Names that differ in case alone are one to the provider.
            if (column.name().isEmpty() || !names.add(column.name().toLowerCase(Locale.ROOT))) {
                throw PostgresProblem.BAD_REQUEST.failure("fetch: the query answers with two columns '"
                        + PluginException.excerpt(column.name()) + "'. Name one of them otherwise, with AS.");
            }
        }
    }

    long rows() {
        return rows;
    }

    /** A piece without rows. */
    JsonArray nothing() {
        JsonObject first = new JsonObject();
        for (int column = 0; column < columns.size(); column++) {
            first.put(name(column), "");
        }
        return new JsonArray().add(first);
    }

    private static String name(int column) {
        return "c" + column;
    }

    /** {@code batch} as a piece. */
    JsonArray piece(TableBatch batch) {
        rows += batch.rows();
        if (rows > mostRows) {
            throw PostgresProblem.TOO_LARGE.failure(
                    "more than " + mostRows + " rows came. Ask for fewer, or raise 'maxRows' in the options.");
        }
        JsonArray piece = nothing();
        for (int row = 0; row < batch.rows(); row++) {
            piece.add(row(batch, row));
        }
        return piece;
    }

    private JsonObject row(TableBatch batch, int row) {
        JsonObject texts = new JsonObject();
        long length = 0;
        for (int column = 0; column < columns.size(); column++) {
            String text = text(batch.columns().get(column), row, column);
            texts.put(name(column), text == null ? null : "=" + text);
            length += text == null ? 1 : 1 + text.length();
        }
        characters += length;
        if (length > LONGEST_ROW) {
            throw PostgresProblem.TOO_LARGE.failure("a row takes more than " + LONGEST_ROW
                    + " characters, which no table can be made of. Leave its largest column out.");
        }
        if (characters > MOST_CHARACTERS) {
            throw PostgresProblem.TOO_LARGE.failure(
                    "more than " + MOST_CHARACTERS + " characters came. Ask for fewer rows or columns at once.");
        }
        return texts;
    }

    private @Nullable String text(TableBatch.ColumnVector values, int row, int column) {
        if (values.isNull(row)) {
            return null;
        }
        return switch (values.type()) {
            case TEXT, JSON -> values.getText(row);
            case DECIMAL -> measured(column, values.getText(row));
            case DOUBLE -> Double.toString(values.getDouble(row));
            case BYTES -> HexFormat.of().formatHex(values.getBytes(row).getBytes());
            default -> Long.toString(values.getLong(row));
        };
    }

    /** How many digits the column needs follows from its values: PostgreSQL's numbers may have any number. */
    private String measured(int column, String decimal) {
        BigDecimal value = new BigDecimal(decimal);
        whole[column] = Math.max(whole[column], value.precision() - value.scale());
        scale[column] = Math.max(scale[column], value.scale());
        return decimal;
    }

    /** Makes the columns of a table {@code texts}. */
    String query() {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            values.add(value(i) + " AS \"" + columns.get(i).name().replace("\"", "\"\"") + "\"");
        }
        return "SELECT " + String.join(", ", values) + " FROM texts WHERE c0 IS DISTINCT FROM ''";
    }

    private String value(int i) {
        String text = "substr(" + name(i) + ", 2)";
        return switch (columns.get(i).type()) {
            case BOOLEAN -> "CAST(CAST(" + text + " AS BIGINT) AS BOOLEAN)";
            case LONG -> "CAST(" + text + " AS BIGINT)";
            case DOUBLE -> "CAST(" + text + " AS DOUBLE)";
            case DECIMAL -> isTooLong(i) ? text : "CAST(" + text + " AS DECIMAL(" + digits(i) + ", " + scale[i] + "))";
            case TEXT -> text;
            case DATE -> "CAST(DATE '1970-01-01' + CAST(" + text + " AS INTEGER) AS DATE)";
            case TIMESTAMP -> "make_timestamp(CAST(" + text + " AS BIGINT))";
            case TIME -> "CAST(make_timestamp(CAST(" + text + " AS BIGINT) % 86400000000) AS TIME)";
            case JSON -> "CAST(" + text + " AS JSON)";
            case BYTES -> "unhex(" + text + ")";
        };
    }

    private int digits(int column) {
        return Math.max(1, Math.max(0, whole[column]) + scale[column]);
    }

    private boolean isTooLong(int column) {
        return digits(column) > MOST_DIGITS;
    }

    /** Columns that became texts, since no number of a table has so many digits. */
    JsonArray widened() {
        JsonArray widened = new JsonArray();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).type() == ColumnType.DECIMAL && isTooLong(i)) {
                widened.add(new JsonObject()
                        .put("column", columns.get(i).name())
                        .put("from", ColumnType.DECIMAL.label())
                        .put("to", ColumnType.TEXT.label())
                        .put(
                                "reason",
                                "it takes " + digits(i) + " digits; a number of a table has " + MOST_DIGITS
                                        + " at most"));
            }
        }
        return widened;
    }
}
