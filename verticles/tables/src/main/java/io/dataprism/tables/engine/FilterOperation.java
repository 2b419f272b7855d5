package io.dataprism.tables.engine;

import io.dataprism.api.ColumnType;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code filter}: keeps rows. Either {@code column}, {@code is} and {@code value}, or {@code all} or {@code any} of such conditions, or {@code expr}, SQL.
 */
final class FilterOperation {
    private static final List<String> COMPARISONS = List.of("=", "!=", "<", "<=", ">", ">=");
    private static final List<String> TESTS = List.of(
            "=",
            "!=",
            "<",
            "<=",
            ">",
            ">=",
            "in",
            "not in",
            "between",
            "contains",
            "starts with",
            "ends with",
            "matches",
            "missing",
            "present");

    private final Steps steps;
    private final Map<String, StoredTable> others;
    private final List<Object> values = new ArrayList<>();

    private FilterOperation(Steps steps, Map<String, StoredTable> others) {
        this.steps = steps;
        this.others = others;
    }

    static void apply(Fields fields, Steps steps, Map<String, StoredTable> others) {
        FilterOperation filter = new FilterOperation(steps, others);
        String condition = filter.condition(fields);
        steps.add("SELECT * FROM " + steps.last() + " WHERE " + condition, filter.values);
    }

    private String condition(Fields fields) {
        Optional<JsonArray> all = fields.array("all");
        Optional<JsonArray> any = fields.array("any");
        Optional<String> expression = fields.text("expr");
        Optional<String> column = fields.text("column");
        List<Optional<?>> forms = List.of(all, any, expression, column);
        if (forms.stream().filter(Optional::isPresent).count() != 1) {
            throw fields.fail("expected exactly one of 'column' (with 'is' and 'value'), 'all', 'any' and 'expr'.");
        }
        String condition = all.map(list -> several(fields, list, " AND "))
                .or(() -> any.map(list -> several(fields, list, " OR ")))
                .or(() -> expression.map(sql -> Operations.expression(fields, steps, sql, others)))
                .orElseGet(() -> test(fields, Operations.column(fields, steps, column.orElseThrow())));
        fields.done();
        return condition;
    }

    private String several(Fields fields, JsonArray list, String between) {
        List<String> conditions = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            if (!(list.getValue(i) instanceof JsonObject json)) {
                throw fields.fail("condition " + i + " is no object.");
            }
            conditions.add(
                    condition(new Fields(TableProblem.BAD_OPERATION, fields.where() + ", condition " + i, json)));
        }
        if (conditions.isEmpty()) {
            throw fields.fail("there are no conditions.");
        }
        return "(" + String.join(between, conditions) + ")";
    }

    private String test(Fields fields, Column column) {
        String test = fields.word("is", TESTS).orElseThrow(() -> fields.missing("is", String.join(", ", TESTS)));
        String name = column.quoted();
        if (test.equals("missing") || test.equals("present")) {
            return name + (test.equals("missing") ? " IS NULL" : " IS NOT NULL");
        }
        Object value = fields.value("value").orElseThrow(() -> fields.missing("value", "what to compare with"));
        if (COMPARISONS.contains(test)) {
            return name + " " + test + " " + typed(fields, column, value);
        }
        return switch (test) {
            case "in", "not in" ->
                name + (test.equals("in") ? " IN (" : " NOT IN (") + list(fields, column, value) + ")";
            case "between" -> {
                if (!(value instanceof JsonArray pair) || pair.size() != 2) {
                    throw fields.fail("'value' of a test 'between' is the array [from, to].");
                }
                yield name + " BETWEEN " + typed(fields, column, pair.getValue(0)) + " AND "
                        + typed(fields, column, pair.getValue(1));
            }
            case "contains" -> text("contains", name, fields, value);
            case "starts with" -> text("starts_with", name, fields, value);
            case "ends with" -> text("ends_with", name, fields, value);
            default -> text("regexp_matches", name, fields, value);
        };
    }

    private String text(String function, String name, Fields fields, Object value) {
        if (!(value instanceof String)) {
            throw fields.wrong("value", "a text", value);
        }
        values.add(value);
        return function + "(" + name + "::VARCHAR, ?::VARCHAR)";
    }

    private String list(Fields fields, Column column, Object value) {
        if (!(value instanceof JsonArray items) || items.isEmpty()) {
            throw fields.wrong("value", "an array of values that is not empty", value);
        }
        items.forEach(item -> values.add(Operations.scalar(fields, "value", item)));
        return String.join(
                ", ",
                items.stream()
                        .map(item -> "CAST(? AS " + comparedAs(column, item) + ")")
                        .toList());
    }

    private String typed(Fields fields, Column column, Object value) {
        values.add(Operations.scalar(fields, "value", value));
        return "CAST(? AS " + comparedAs(column, value) + ")";
    }

    /** A narrow column's own type might not hold what it is compared with. */
    private static String comparedAs(Column column, Object value) {
        if (!(value instanceof Number) || !column.isNumeric()) {
            return column.sqlType();
        }
        boolean whole = value instanceof Integer || value instanceof Long;
        return whole && column.type() == ColumnType.LONG ? "BIGINT" : "DOUBLE";
    }
}
