package io.dataprism.tables.engine;

import io.dataprism.api.CallException;
import io.dataprism.api.PluginException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * Turns a list of operations into one query. A failure names the operation by its index, from 0, and its kind.
 */
final class Operations {
    private static final List<String> KINDS =
            List.of("filter", "derive", "select", "group", "join", "pivot", "sort", "sample");

    /** Each is planned with all before it. */
    private static final int MOST = 100;

    private Operations() {}

    static Steps compile(Session session, StoredTable start, JsonArray operations, Map<String, StoredTable> others) {
        if (operations.size() > MOST) {
            throw TableProblem.BAD_OPERATION.failure("Tables: there are " + operations.size() + " operations; at most "
                    + MOST + " are taken. Make a table of the first ones, and work on that.");
        }
        Steps steps = new Steps(session, start);
        for (int i = 0; i < operations.size(); i++) {
            add(steps, i, operations.getValue(i), others);
        }
        return steps;
    }

    private static void add(Steps steps, int index, Object json, Map<String, StoredTable> others) {
        String where = "operation " + index;
        if (!(json instanceof JsonObject object)) {
            throw TableProblem.BAD_OPERATION.failure(
                    "Tables: " + where + " is no object. Write it as {\"op\": \"filter\", …}.");
        }
        String kind = new Fields(TableProblem.BAD_OPERATION, where, object)
                .word("op", KINDS)
                .orElseThrow(() -> TableProblem.BAD_OPERATION.failure(
                        "Tables: " + where + ": 'op' is missing; expected " + String.join(", ", KINDS) + "."));
        Fields fields = new Fields(TableProblem.BAD_OPERATION, where + " (" + kind + ")", object);
        fields.text("op");
        try {
            apply(kind, fields, steps, others);
        } catch (CallException e) {
            throw named(fields, e);
        }
    }

    private static void apply(String kind, Fields fields, Steps steps, Map<String, StoredTable> others) {
        switch (kind) {
            case "filter" -> FilterOperation.apply(fields, steps, others);
            case "derive" -> ShapeOperations.derive(fields, steps, others);
            case "select" -> ShapeOperations.select(fields, steps);
            case "group" -> GroupOperation.apply(fields, steps);
            case "join" -> JoinOperation.apply(fields, steps, others);
            case "pivot" -> PivotOperation.apply(fields, steps);
            case "sort" -> ShapeOperations.sort(fields, steps);
            default -> ShapeOperations.sample(fields, steps);
        }
    }

    /** What DuckDB says of an expression becomes the operation's failure. */
    private static CallException named(Fields fields, CallException e) {
        String message = String.valueOf(e.getMessage());
        if (message.startsWith("Tables: " + fields.where()) || !e.code().equals(TableProblem.BAD_SQL.code())) {
            return e;
        }
        int end = message.indexOf("\n\nLINE ");
        String what = (end < 0 ? message : message.substring(0, end)).replace("Tables: ", "");
        return TableProblem.BAD_OPERATION.failure("Tables: " + fields.where() + ": " + what, e);
    }

    /** A column of the step before. */
    static Column column(Fields fields, Steps steps, String name) {
        return StoredTable.column(steps.columns(), fields.where(), name);
    }

    /** An expression as the caller wrote it, checked to be one. */
    static String expression(Fields fields, Steps steps, String expression, Map<String, StoredTable> others) {
        if (expression.isBlank()) {
            throw fields.fail("the expression is empty. Write one, such as price * 1.2.");
        }
        new SqlGuard(steps.session()).expression(expression, others.keySet());
        return "(\n" + expression + "\n)";
    }

    /** A JSON value as what is bound to a {@code ?}. */
    static Object scalar(Fields fields, String name, Object value) {
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        throw fields.fail("'" + name + "' is " + PluginException.excerpt(String.valueOf(value))
                + "; expected a text, number, true or false.");
    }
}
