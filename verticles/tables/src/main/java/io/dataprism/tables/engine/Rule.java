package io.dataprism.tables.engine;

import io.dataprism.api.CallException;
import io.dataprism.api.PluginException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * One rule for the rows of a table.
 *
 * @param name what a report calls it
 * @param kind its {@code rule}
 * @param columns those it is about
 * @param fails SQL that is true for a row that breaks it; missing values break {@code not-null} only
 * @param parameters for its {@code ?}
 * @param reason why a row that breaks it does
 */
record Rule(String name, String kind, List<Column> columns, String fails, List<Object> parameters, String reason) {
    private static final List<String> KINDS =
            List.of("not-null", "unique", "range", "pattern", "allowed", "reference", "expression", "type");
    private static final Map<String, String> TYPES = Map.of(
            "integer", "BIGINT", "number", "DOUBLE", "boolean", "BOOLEAN", "date", "DATE", "timestamp", "TIMESTAMP");

    static List<Rule> read(Session session, StoredTable table, JsonArray rules, Map<String, StoredTable> others) {
        List<Rule> list = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            String where = "rule " + i;
            if (!(rules.getValue(i) instanceof JsonObject json)) {
                throw TableProblem.BAD_RULE.failure(
                        "Tables: " + where + " is no object. Write it as {\"rule\": \"not-null\", \"column\": …}.");
            }
            String kind = new Fields(TableProblem.BAD_RULE, where, json)
                    .word("rule", KINDS)
                    .orElseThrow(() -> TableProblem.BAD_RULE.failure(
                            "Tables: " + where + ": 'rule' is missing; expected " + String.join(", ", KINDS) + "."));
            Fields fields = new Fields(TableProblem.BAD_RULE, where + " (" + kind + ")", json);
            fields.text("rule");
            list.add(new Reader(session, table, others, fields, kind).read());
        }
        return list;
    }

    /** Reads one rule. */
    private record Reader(
            Session session, StoredTable table, Map<String, StoredTable> others, Fields fields, String kind) {

        Rule read() {
            Rule rule = switch (kind) {
                case "not-null" -> of(column(), column().quoted() + " IS NULL", "is missing");
                case "unique" -> unique();
                case "range" -> range();
                case "pattern" -> pattern();
                case "allowed" -> allowed();
                case "reference" -> reference();
                case "type" -> type();
                default -> expression();
            };
            String name = fields.text("name").orElse(rule.name());
            fields.done();
            return new Rule(name, kind, rule.columns(), rule.fails(), rule.parameters(), rule.reason());
        }

        private Column column() {
            return table.column(fields.where(), fields.needText("column"));
        }

        private Rule of(Column column, String fails, String reason, Object... parameters) {
            return new Rule(
                    column.name() + " " + kind,
                    kind,
                    List.of(column),
                    fails,
                    List.of(parameters),
                    column.name() + " " + reason);
        }

        private Rule unique() {
            List<Column> columns = fields.texts(fields.has("columns") ? "columns" : "column").orElse(List.of()).stream()
                    .map(name -> table.column(fields.where(), name))
                    .toList();
            if (columns.isEmpty()) {
                throw fields.missing("columns", "the columns that are unique together");
            }
            String names =
                    String.join(", ", columns.stream().map(Column::quoted).toList());
            String present = String.join(
                    " AND ",
                    columns.stream()
                            .map(column -> column.quoted() + " IS NOT NULL")
                            .toList());
            String shown = String.join(", ", columns.stream().map(Column::name).toList());
            return new Rule(
                    shown + " unique",
                    kind,
                    columns,
                    present + " AND count(*) OVER (PARTITION BY " + names + ") > 1",
                    List.of(),
                    shown + " stands more than once");
        }

        private Rule range() {
            Column column = column();
            List<String> fails = new ArrayList<>();
            List<Object> values = new ArrayList<>();
            String reason = bound(column, "min", " < ", fails, values, "below")
                    + bound(column, "max", " > ", fails, values, "above");
            if (fails.isEmpty()) {
                throw fields.missing("min' or 'max", "a bound");
            }
            return of(column, String.join(" OR ", fails), "is" + reason, values.toArray());
        }

        private String bound(
                Column column, String field, String sign, List<String> fails, List<Object> values, String word) {
            if (!fields.has(field)) {
                return "";
            }
            Object bound = Operations.scalar(fields, field, fields.value(field).orElseThrow());
            fails.add(column.quoted() + sign + "CAST(? AS " + (column.isNumeric() ? "DOUBLE" : column.sqlType()) + ")");
            values.add(bound);
            return (values.size() > 1 ? " or " : " ") + word + " " + bound;
        }

        private Rule pattern() {
            String pattern = fields.needText("pattern");
            Column column = column();
            try {
                session.run("SELECT regexp_full_match('', ?::VARCHAR)", pattern);
            } catch (CallException e) {
                throw fields.fail("'pattern' is no regular expression: " + pattern + ". Write it as RE2 takes it.", e);
            }
            return of(
                    column,
                    "NOT regexp_full_match(" + column.quoted() + "::VARCHAR, ?::VARCHAR)",
                    "is not of the form " + pattern,
                    pattern);
        }

        private Rule allowed() {
            Column column = column();
            JsonArray values = fields.array("values").orElseThrow(() -> fields.missing("values", "an array of values"));
            List<Object> texts = new ArrayList<>();
            values.forEach(value -> texts.add(Operations.scalar(fields, "values", value)));
            if (texts.isEmpty()) {
                throw fields.missing("values", "an array of values that is not empty");
            }
            String type = column.isNumeric() ? "DOUBLE" : column.sqlType();
            String marks = String.join(", ", Collections.nCopies(texts.size(), "CAST(? AS " + type + ")"));
            String shown = PluginException.excerpt(
                    String.join(", ", texts.stream().map(String::valueOf).toList()));
            return of(column, column.quoted() + " NOT IN (" + marks + ")", "is none of " + shown, texts.toArray());
        }

        private Rule reference() {
            Column column = column();
            String name = fields.needText("table");
            StoredTable other = others.get(name);
            if (other == null) {
                throw TableProblem.NO_SUCH_TABLE.failure("Tables: " + fields.where() + ": there is no input '" + name
                        + "'." + NearestNames.hint(name, others.keySet()) + " Give it under 'inputs'.");
            }
            Column key = other.column(
                    fields.where() + ", referenced table", fields.text("key").orElse(column.name()));
            return of(
                    column,
                    column.quoted() + " IS NOT NULL AND NOT EXISTS (SELECT 1 FROM " + other.qualified() + " o WHERE o."
                            + key.quoted() + " = t." + column.quoted() + ")",
                    "is not in " + name + "." + key.name());
        }

        private Rule type() {
            Column column = column();
            String type = fields.word("type", TYPES.keySet().stream().sorted().toList())
                    .orElseThrow(() -> fields.missing("type", String.join(", ", TYPES.keySet())));
            String text = column.quoted() + "::VARCHAR";
            // a cast to BIGINT would round 2.5
            String fits = type.equals("integer")
                    ? "regexp_full_match(trim(" + text + "), '[+-]?[0-9]+(\\.0*)?')"
                    : "TRY_CAST(" + text + " AS " + TYPES.get(type) + ") IS NOT NULL";
            return of(column, column.quoted() + " IS NOT NULL AND NOT (" + fits + ")", "is no " + type);
        }

        private Rule expression() {
            String expression = fields.needText("expr");
            new SqlGuard(session).expression(expression, others.keySet());
            return new Rule(
                    PluginException.excerpt(expression),
                    kind,
                    List.of(),
                    "NOT (\n" + expression + "\n)",
                    List.of(),
                    "not " + PluginException.excerpt(expression));
        }
    }
}
