package io.dataprism.tables.engine;

import io.dataprism.api.ColumnType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A value over many rows: {@code fn} and, but for {@code count}, {@code column}.
 *
 * @param whole whether the result is made a 64-bit number: sums of whole numbers are wider in DuckDB
 */
record Aggregate(String call, boolean whole) {
    private static final Map<String, String> FUNCTIONS = new TreeMap<>(Map.ofEntries(
            Map.entry("count", "count(%s)"),
            Map.entry("distinct", "count(DISTINCT %s)"),
            Map.entry("sum", "sum(%s)"),
            Map.entry("mean", "avg(%s)"),
            Map.entry("min", "min(%s)"),
            Map.entry("max", "max(%s)"),
            Map.entry("median", "median(%s)"),
            Map.entry("std", "stddev_samp(%s)"),
            Map.entry("first", "first(%s)"),
            Map.entry("last", "last(%s)"),
            Map.entry("quantile", "quantile_cont(%s, ")));
    private static final List<String> NUMERIC = List.of("sum", "mean", "median", "std", "quantile");

    static Aggregate read(Fields fields, Steps steps) {
        String function = fields.word("fn", List.copyOf(FUNCTIONS.keySet()))
                .orElseThrow(() -> fields.missing("fn", String.join(", ", FUNCTIONS.keySet())));
        if (function.equals("count") && !fields.has("column")) {
            fields.done();
            return new Aggregate("count(*)", false);
        }
        Column column = Operations.column(fields, steps, fields.needText("column"));
        boolean fits = column.isNumeric() || (column.isTime() && function.matches("median|quantile|mean"));
        if (NUMERIC.contains(function) && !fits) {
            throw fields.fail("'" + function + "' needs a column of numbers, but '" + column.name() + "' is "
                    + column.type().label() + ".");
        }
        String sql = FUNCTIONS.getOrDefault(function, "").formatted(column.quoted());
        if (function.equals("quantile")) {
            double at = fields.number("q")
                    .filter(q -> q >= 0 && q <= 1)
                    .orElseThrow(() -> fields.fail("'q' must be a number from 0 to 1."));
            sql += at + ")";
        }
        fields.done();
        return new Aggregate(sql, function.equals("sum") && column.type() == ColumnType.LONG);
    }

    String sql() {
        return sql("");
    }

    /** Over the rows for which {@code condition} holds. */
    String where(String condition) {
        return sql(" FILTER (WHERE " + condition + ")");
    }

    private String sql(String filter) {
        return whole ? "CAST(" + call + filter + " AS BIGINT)" : call + filter;
    }
}
