package io.dataprism.tables.engine;

import io.dataprism.api.ColumnType;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is found out about one column. Numbers and times have a range, quantiles and bins; all but nested ones have values. */
final class ColumnProfile {
    /** Up to here distinct values are counted, which takes memory for each; beyond they are estimated. */
    private static final long COUNTED_ROWS = 200_000;

    private static final List<String> QUANTILES = List.of("0.05", "0.25", "0.5", "0.75", "0.95");

    private final Column column;
    private final JsonObject json = new JsonObject();
    private final JsonArray top = new JsonArray();
    private long present;
    private final boolean counted;
    private long distinct;
    private double low;
    private double high;
    private boolean ranged;
    private boolean carefully;
    private boolean fenced;
    private double lowFence;
    private double highFence;
    private long[] bins = new long[0];

    private ColumnProfile(Column column, boolean counted) {
        this.column = column;
        this.counted = counted;
    }

    /** @param rows of its table: of few, the distinct values are counted; of many, estimated */
    static ColumnProfile of(Column column, long rows) {
        return new ColumnProfile(column, rows <= COUNTED_ROWS);
    }

    private boolean hasRange() {
        return column.isNumeric() || column.isTime();
    }

    private boolean isNested() {
        return column.type() == ColumnType.JSON || column.type() == ColumnType.BYTES;
    }

    private String kind() {
        return column.isNumeric()
                ? "number"
                : column.isTime()
                        ? "time"
                        : switch (column.type()) {
                            case BOOLEAN -> "boolean";
                            case TEXT -> "text";
                            default -> "other";
                        };
    }

    /** The column as a double: times as seconds since 1970. */
    private String number() {
        return column.isTime() ? "epoch(" + column.quoted() + ")" : column.quoted() + "::DOUBLE";
    }

    /**
     * What is asked of the column in one scan.
     *
     * @param careful whether to leave out what is not finite or overflows when it is squared, which costs time
     */
    List<String> aggregates(boolean careful) {
        String name = column.quoted();
        List<String> values = new ArrayList<>();
        values.add("count(" + name + ")");
        if (!isNested()) {
            values.add((counted ? "count(DISTINCT " : "approx_count_distinct(") + name + ")");
        }
        if (hasRange()) {
            String finite = careful && !isExact() ? " FILTER (WHERE isfinite(" + name + "))" : "";
            values.add("min(" + name + ")" + finite);
            values.add("max(" + name + ")" + finite);
            values.add("min(" + number() + ")" + finite);
            values.add("max(" + number() + ")" + finite);
            values.add("approx_quantile(" + number() + ", [" + String.join(", ", QUANTILES) + "])" + finite);
            if (column.isNumeric()) {
                String summable = careful ? " FILTER (WHERE " + summable(column) + ")" : "";
                values.add("avg(" + number() + ")" + summable);
                values.add("stddev_samp(" + number() + ")" + summable);
            }
        } else if (column.type() == ColumnType.TEXT) {
            String length = "length(" + name + "::VARCHAR)";
            values.add("min(" + length + ")");
            values.add("max(" + length + ")");
            values.add("avg(" + length + ")");
        }
        return values;
    }

    /** For a column of doubles: leaves out what would run over when it is squared and summed, on which DuckDB fails. */
    static String summable(Column column) {
        return column.type() == ColumnType.DOUBLE ? "abs(" + column.quoted() + ") < 1e140" : "true";
    }

    /** Whether all its values are finite by its type. */
    private boolean isExact() {
        return column.type() == ColumnType.LONG || column.type() == ColumnType.DECIMAL;
    }

    /** Whether the range that was found is one; if not, the scan must be careful. */
    boolean isFinite() {
        return !ranged || (Double.isFinite(low) && Double.isFinite(high));
    }

    int takeAggregates(ResultSet row, int first, boolean careful) throws SQLException {
        int at = first;
        carefully = careful && !isExact();
        present = row.getLong(at++);
        distinct = isNested() ? 0 : Math.min(row.getLong(at++), present);
        if (hasRange()) {
            String from = row.getString(at++);
            String to = row.getString(at++);
            low = row.getDouble(at++);
            ranged = !row.wasNull();
            high = row.getDouble(at++);
            if (ranged) {
                json.put("min", shown(from, low)).put("max", shown(to, high));
            }
            takeQuantiles(row.getArray(at++));
            if (column.isNumeric()) {
                putNumber("mean", row.getDouble(at++), row.wasNull());
                putNumber("std", row.getDouble(at++), row.wasNull());
            }
        } else if (column.type() == ColumnType.TEXT) {
            JsonObject length = new JsonObject()
                    .put("min", row.getLong(at++))
                    .put("max", row.getLong(at++))
                    .put("mean", rounded(row.getDouble(at++)));
            if (present > 0) {
                json.put("length", length);
            }
        }
        return at;
    }

    private Object shown(String text, double number) {
        return column.isNumeric() ? (Object) rounded(number) : text;
    }

    private void takeQuantiles(@Nullable Array array) throws SQLException {
        if (array == null) {
            return;
        }
        Object[] values = (Object[]) array.getArray();
        JsonObject quantiles = new JsonObject();
        for (int i = 0; i < values.length; i++) {
            double value = ((Number) values[i]).doubleValue();
            quantiles.put("p" + QUANTILES.get(i).substring(2).replaceFirst("^5$", "50"), at(value));
        }
        json.put("quantiles", quantiles);
        double lower = ((Number) values[1]).doubleValue();
        double upper = ((Number) values[3]).doubleValue();
        lowFence = lower - 1.5 * (upper - lower);
        highFence = upper + 1.5 * (upper - lower);
        fenced = column.isNumeric() && Double.isFinite(lowFence) && Double.isFinite(highFence);
    }

    /** A point of the column's range as it is shown. */
    private Object at(double value) {
        if (column.isNumeric()) {
            return rounded(value);
        }
        String instant = Instant.ofEpochMilli(Math.round(value * 1000)).toString();
        return column.type() == ColumnType.DATE ? instant.substring(0, instant.indexOf('T')) : instant;
    }

    boolean hasFences() {
        return fenced;
    }

    String outside() {
        return "count(*) FILTER (WHERE " + number() + " < " + lowFence + " OR " + number() + " > " + highFence + ")";
    }

    void takeOutside(long count) {
        json.put(
                "outliers",
                new JsonObject()
                        .put("below", rounded(lowFence))
                        .put("above", rounded(highFence))
                        .put("count", count));
    }

    /** Queries for {@code (c, kind, v, n, b)}: the column's index, {@code bin} or {@code top}, the value, how many, the bin. */
    List<String> groups(int index, StoredTable table, int binCount, int topCount) {
        List<String> parts = new ArrayList<>();
        String from = " FROM " + table.qualified()
                + (present < table.rows() || carefully ? " WHERE " + column.quoted() + " IS NOT NULL" : "");
        if (ranged && high > low && Double.isFinite(high - low)) {
            bins = new long[binCount];
            String bin = "greatest(least(floor((" + number() + " - " + low + ") / " + (high - low) / binCount + "), "
                    + (binCount - 1) + "), 0)::BIGINT";
            String finite = carefully ? " AND isfinite(" + column.quoted() + ")" : "";
            parts.add("SELECT " + index + " AS c, 'bin' AS kind, NULL AS v, count(*) AS n, " + bin + " AS b" + from
                    + finite + " GROUP BY 5");
        }
        if (showsTop()) {
            parts.add("(SELECT " + index + " AS c, 'top' AS kind, " + column.quoted()
                    + "::VARCHAR AS v, count(*) AS n, 0 AS b" + from + " GROUP BY " + column.quoted()
                    + " ORDER BY 4 DESC, 3 LIMIT " + topCount + ")");
        }
        return parts;
    }

    /** Texts that are nearly all different, and numbers with many values, have no top worth a scan. */
    private boolean showsTop() {
        if (isNested() || present == 0) {
            return false;
        }
        boolean words = column.type() == ColumnType.TEXT || column.type() == ColumnType.BOOLEAN;
        return words ? distinct <= 100_000 || distinct < present / 2 : distinct <= 50;
    }

    void takeBin(long bin, long count) {
        bins[(int) bin] += count;
    }

    void takeTop(String value, long count) {
        top.add(new JsonObject().put("value", value).put("count", count));
    }

    void finish(int binCount) {
        if (bins.length == 0) {
            return;
        }
        JsonArray list = new JsonArray();
        double width = (high - low) / binCount;
        for (int i = 0; i < bins.length; i++) {
            list.add(new JsonObject()
                    .put("from", at(low + i * width))
                    .put("to", at(i == bins.length - 1 ? high : low + (i + 1) * width))
                    .put("count", bins[i]));
        }
        json.put("histogram", list);
    }

    JsonObject toJson(long rows) {
        JsonObject all = new JsonObject()
                .put("name", column.name())
                .put("type", column.type().label())
                .put("kind", kind())
                .put("rows", rows)
                .put("missing", rows - present);
        if (!isNested()) {
            all.put("distinct", new JsonObject().put("count", distinct).put("approximate", !counted));
        }
        all.mergeIn(json);
        return top.isEmpty() ? all : all.put("top", top);
    }

    private void putNumber(String name, double value, boolean missing) {
        if (!missing && Double.isFinite(value)) {
            json.put(name, rounded(value));
        }
    }

    /** Ten significant digits: what lies beyond is noise of the order of summation. */
    static double rounded(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(value).round(new MathContext(10)).doubleValue()
                : value;
    }
}
