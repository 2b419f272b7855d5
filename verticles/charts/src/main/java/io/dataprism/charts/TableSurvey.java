package io.dataprism.charts;

import io.dataprism.api.ColumnType;
import io.dataprism.api.TableHandle;
import io.dataprism.api.TableSchema;
import io.dataprism.api.Tables;
import io.dataprism.charts.auto.Sql;
import io.dataprism.charts.auto.TableProfile;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Finds out about a table, in one query, as much as picking a chart takes; for a caller who has no profile of it. */
final class TableSurvey {
    private static final List<String> SHARES = List.of("05", "25", "50", "75", "95");
    private static final int MOST_NUMBERS = 12;

    private final TableRows rows;
    private final Tables tables;

    TableSurvey(Tables tables) {
        this.tables = tables;
        this.rows = new TableRows(tables, 1);
    }

    Future<TableProfile> of(TableHandle table) {
        return tables.describe(table).compose(schema -> {
            List<Pair> pairs = pairs(schema);
            return rows.query(table, query(schema, pairs))
                    .map(result -> profile(schema, pairs, result.getJsonObject(0)));
        });
    }

    private record Pair(String x, String y) {}

    private static List<Pair> pairs(TableSchema schema) {
        List<String> numbers = schema.columns().stream()
                .filter(column -> kind(column.type()).equals("number"))
                .map(TableSchema.Column::name)
                .limit(MOST_NUMBERS)
                .toList();
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
            for (int j = i + 1; j < numbers.size(); j++) {
                pairs.add(new Pair(numbers.get(i), numbers.get(j)));
            }
        }
        return pairs;
    }

    private static String kind(ColumnType type) {
        return switch (type) {
            case LONG, DOUBLE, DECIMAL -> "number";
            case DATE, TIMESTAMP -> "time";
            case TEXT -> "text";
            case BOOLEAN -> "boolean";
            case TIME, JSON, BYTES -> "other";
        };
    }

    private static String query(TableSchema schema, List<Pair> pairs) {
        List<String> values = new ArrayList<>(List.of("count(*) AS n"));
        for (int i = 0; i < schema.columns().size(); i++) {
            TableSchema.Column column = schema.columns().get(i);
            String name = Sql.name(column.name());
            values.add("count(" + name + ") AS present" + i);
            String kind = kind(column.type());
            if (!kind.equals("other")) {
                values.add("approx_count_distinct(" + name + ") AS distinct" + i);
                values.add("CAST(min(" + name + ") AS VARCHAR) AS min" + i);
                values.add("CAST(max(" + name + ") AS VARCHAR) AS max" + i);
            }
            if (kind.equals("number")) {
                for (String share : SHARES) {
                    values.add("approx_quantile(CAST(" + name + " AS DOUBLE), 0." + share + ") AS p" + share + "c" + i);
                }
            }
        }
        for (int i = 0; i < pairs.size(); i++) {
            values.add("corr(CAST(" + Sql.name(pairs.get(i).x()) + " AS DOUBLE), CAST("
                    + Sql.name(pairs.get(i).y()) + " AS DOUBLE)) AS r" + i);
        }
        return "SELECT " + String.join(", ", values) + " FROM t";
    }

    private static TableProfile profile(TableSchema schema, List<Pair> pairs, JsonObject row) {
        long count = row.getLong("n");
        JsonArray columns = new JsonArray();
        for (int i = 0; i < schema.columns().size(); i++) {
            TableSchema.Column column = schema.columns().get(i);
            JsonObject quantiles = new JsonObject();
            for (String share : SHARES) {
                quantiles.put("p" + share, row.getValue("p" + share + "c" + i));
            }
            columns.add(new JsonObject()
                    .put("name", column.name())
                    .put("kind", kind(column.type()))
                    .put("missing", count - row.getLong("present" + i))
                    .put("distinct", row.getValue("distinct" + i, 0))
                    .put("min", row.getValue("min" + i))
                    .put("max", row.getValue("max" + i))
                    .put("quantiles", quantiles));
        }
        JsonArray correlations = new JsonArray();
        for (int i = 0; i < pairs.size(); i++) {
            if (row.getValue("r" + i) instanceof Number r) {
                correlations.add(new JsonObject()
                        .put("x", pairs.get(i).x())
                        .put("y", pairs.get(i).y())
                        .put("r", r.doubleValue()));
            }
        }
        return TableProfile.fromJson(
                new JsonObject().put("rows", count).put("columns", columns).put("correlations", correlations));
    }
}
