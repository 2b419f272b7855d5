package io.dataprism.tables.engine;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** {@code group}: one row for each combination of values {@code by}, with {@code values}; sorted by these. */
final class GroupOperation {
    private GroupOperation() {}

    static void apply(Fields fields, Steps steps) {
        List<String> by = fields.texts("by").orElse(List.of()).stream()
                .map(name -> Operations.column(fields, steps, name).quoted())
                .toList();
        List<String> chosen = new ArrayList<>(by);
        JsonObject values = fields.object("values")
                .orElseGet(() -> new JsonObject().put("count", new JsonObject().put("fn", "count")));
        for (String name : values.fieldNames()) {
            chosen.add(value(fields, steps, values, name) + " AS " + Sql.name(name));
        }
        fields.done();
        if (chosen.isEmpty()) {
            throw fields.fail("expected 'by' or 'values' to name something.");
        }
        String keys = String.join(", ", by);
        steps.add("SELECT " + String.join(", ", chosen) + " FROM " + steps.last()
                + (by.isEmpty() ? "" : " GROUP BY " + keys + " ORDER BY " + keys));
    }

    private static String value(Fields fields, Steps steps, JsonObject values, String name) {
        if (!(values.getValue(name) instanceof JsonObject json)) {
            throw fields.fail(
                    "value '" + name + "' is no object. Write it as {\"fn\": \"sum\", \"column\": \"price\"}.");
        }
        String where = fields.where() + ", value '" + name + "'";
        return Aggregate.read(new Fields(TableProblem.BAD_OPERATION, where, json), steps)
                .sql();
    }
}
