package io.dataprism.charts;

import io.dataprism.api.TableHandle;
import io.dataprism.api.TableSchema;
import io.dataprism.api.Tables;
import io.dataprism.charts.auto.Sql;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Gets rows out of tables: only the columns that a specification names, and of a long table evenly spread rows. */
final class TableRows {
    private final Tables tables;
    private final int maxRows;

    TableRows(Tables tables, int maxRows) {
        this.tables = tables;
        this.maxRows = maxRows;
    }

    /** Rows, and what their reader should know. */
    record Sample(JsonArray rows, List<String> notes) {}

    Future<Sample> forSpec(TableHandle table, JsonObject spec) {
        return tables.describe(table).compose(schema -> {
            List<String> columns = named(schema, spec.encode());
            long each = (schema.rows() + maxRows - 1) / maxRows;
            if (each <= 1 && columns.size() == schema.columns().size()) {
                return read(table).map(rows -> new Sample(rows, List.of()));
            }
            String select = columns.stream().map(Sql::name).collect(Collectors.joining(", "));
            return query(table, each <= 1 ? "SELECT " + select + " FROM t" : everyRow(select, each))
                    .map(rows -> new Sample(rows, each <= 1 ? List.of() : List.of(note(rows.size(), schema.rows()))));
        });
    }

    private static String everyRow(String select, long each) {
        return "SELECT " + select
                + " FROM (SELECT *, row_number() OVER () AS \"row number\" FROM t) WHERE (\"row number\" - 1) % " + each
                + " = 0";
    }

    private static String note(long shown, long all) {
        NumberFormat count = NumberFormat.getIntegerInstance(Locale.ROOT);
        return "Shows a sample of " + count.format(shown) + " of the table's " + count.format(all)
                + " rows. Aggregate the table first to show them all.";
    }

    /** Columns whose name stands anywhere in the specification; all where none does. */
    private static List<String> named(TableSchema schema, String spec) {
        List<String> all =
                schema.columns().stream().map(TableSchema.Column::name).toList();
        List<String> named = all.stream().filter(name -> mentions(spec, name)).toList();
        return named.isEmpty() ? all : named;
    }

    private static boolean mentions(String spec, String column) {
        String plain = spec.replace("\\", "");
        return plain.contains(column.replace("\\", "").replace("\"", ""));
    }

    /** The rows of a query over {@code table}, which it calls {@code t}. */
    Future<JsonArray> query(TableHandle table, String sql) {
        return tables.query(sql, Map.of("t", table))
                .compose(result -> read(result).eventually(() -> tables.release(result)));
    }

    private Future<JsonArray> read(TableHandle table) {
        return tables.read(table, Rows.BATCH).compose(Rows::read);
    }
}
