package io.dataprism.tables.engine;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code pivot}: one row for each combination of values of {@code rows}, one column for each value of {@code columns}, in it {@code value} over the rows
 * of both.
 */
final class PivotOperation {
    private static final int MOST = 200;

    private PivotOperation() {}

    static void apply(Fields fields, Steps steps) {
        List<String> rows = fields.texts("rows").orElse(List.of()).stream()
                .map(name -> Operations.column(fields, steps, name).quoted())
                .toList();
        Column spread = Operations.column(fields, steps, fields.needText("columns"));
        JsonObject value = fields.object("value").orElseGet(() -> new JsonObject().put("fn", "count"));
        Aggregate aggregate =
                Aggregate.read(new Fields(TableProblem.BAD_OPERATION, fields.where() + ", value", value), steps);
        fields.done();
        List<String> chosen = new ArrayList<>(rows);
        List<String> names = values(fields, steps, spread);
        for (String name : names) {
            chosen.add(aggregate.where(spread.quoted() + "::VARCHAR = ?") + " AS " + Sql.name(name));
        }
        String keys = String.join(", ", rows);
        steps.add(
                "SELECT " + String.join(", ", chosen) + " FROM " + steps.last()
                        + (rows.isEmpty() ? "" : " GROUP BY " + keys + " ORDER BY " + keys),
                names);
    }

    private static List<String> values(Fields fields, Steps steps, Column spread) {
        String distinct = "SELECT DISTINCT " + spread.quoted() + "::VARCHAR AS v, " + spread.quoted() + " AS k FROM "
                + steps.last() + " WHERE " + spread.quoted() + " IS NOT NULL ORDER BY k LIMIT " + (MOST + 1);
        List<String> names = steps.session().list(steps.sql(distinct), steps.parameters(), row -> row.getString(1));
        if (names.size() > MOST) {
            throw fields.fail("'" + spread.name() + "' has more than " + MOST
                    + " values, each of which would be a column. Group or filter first.");
        }
        if (names.isEmpty()) {
            throw fields.fail("'" + spread.name() + "' has no values to make columns of.");
        }
        return names;
    }
}
