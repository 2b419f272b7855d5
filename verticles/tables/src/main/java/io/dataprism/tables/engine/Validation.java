package io.dataprism.tables.engine;

import io.dataprism.api.CallException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Holds a table against rules, in one scan for the counts and one for the first rows that fail. */
final class Validation {
    private final Session session;
    private final StoredTable table;
    private final List<Rule> rules;
    private final long limit;

    Validation(Session session, StoredTable table, JsonObject schema, Map<String, StoredTable> others) {
        Fields fields = new Fields(TableProblem.BAD_RULE, "validate", schema);
        this.session = session;
        this.table = table;
        this.rules = Rule.read(
                session,
                table,
                fields.array("rules").orElseThrow(() -> fields.missing("rules", "an array of rules")),
                others);
        this.limit = fields.whole("limit", 0, 1000).orElse(20L);
        fields.done();
        for (int i = 0; i < rules.size(); i++) {
            check(i);
        }
    }

    /** Let DuckDB look at one rule alone, so that its failure names the rule. */
    private void check(int index) {
        Rule rule = rules.get(index);
        try {
            session.columns("SELECT " + rule.fails() + " FROM " + table.qualified() + " t", rule.parameters());
        } catch (CallException e) {
            String message = String.valueOf(e.getMessage()).replace("Tables: ", "");
            int end = message.indexOf("\n\nLINE ");
            throw TableProblem.BAD_RULE.failure(
                    "Tables: rule " + index + " (" + rule.kind() + "): "
                            + (end < 0 ? message : message.substring(0, end)),
                    e);
        }
    }

    /** A query for all rows with {@code dp_row}, their number from 0, and {@code dp_0}, {@code dp_1} …: whether they break a rule. */
    private String judged() {
        String flags = IntStream.range(0, rules.size())
                .mapToObj(i -> "coalesce(" + rules.get(i).fails() + ", false) AS \"dp_" + i + "\"")
                .collect(Collectors.joining(", "));
        return "SELECT t.*, t.rowid AS dp_row, " + flags + " FROM " + table.qualified() + " t";
    }

    private String anyFails() {
        return IntStream.range(0, rules.size())
                .mapToObj(i -> "\"dp_" + i + "\"")
                .collect(Collectors.joining(" OR "));
    }

    private List<Object> parameters() {
        return rules.stream().flatMap(rule -> rule.parameters().stream()).toList();
    }

    JsonObject toJson() {
        List<Long> counts = rules.isEmpty() ? List.of(0L) : counts();
        long failing = counts.get(0);
        JsonArray told = new JsonArray();
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            told.add(new JsonObject()
                    .put("name", rule.name())
                    .put("rule", rule.kind())
                    .put("failed", counts.get(i + 1)));
        }
        return new JsonObject()
                .put("valid", failing == 0)
                .put("rows", table.rows())
                .put("failing", failing)
                .put("rules", told)
                .put("firstFailing", failing == 0 || limit == 0 ? new JsonArray() : firstFailing());
    }

    private List<Long> counts() {
        String sums = IntStream.range(0, rules.size())
                .mapToObj(i -> ", count(*) FILTER (WHERE \"dp_" + i + "\")")
                .collect(Collectors.joining());
        return session.one(
                "SELECT count(*) FILTER (WHERE " + anyFails() + ")" + sums + " FROM (" + judged() + ")",
                parameters(),
                row -> {
                    List<Long> counts = new ArrayList<>();
                    for (int i = 0; i <= rules.size(); i++) {
                        counts.add(row.getLong(i + 1));
                    }
                    return counts;
                });
    }

    private JsonArray firstFailing() {
        String values = table.columns().stream()
                .map(column -> column.quoted() + "::VARCHAR")
                .collect(Collectors.joining(", "));
        String flags = IntStream.range(0, rules.size())
                .mapToObj(i -> "\"dp_" + i + "\"")
                .collect(Collectors.joining(", "));
        return new JsonArray(session.list(
                "SELECT dp_row, " + flags + ", " + values + " FROM (" + judged() + ") WHERE " + anyFails()
                        + " ORDER BY dp_row LIMIT " + limit,
                parameters(),
                this::failing));
    }

    private JsonObject failing(ResultSet row) throws SQLException {
        JsonArray reasons = new JsonArray();
        for (int i = 0; i < rules.size(); i++) {
            if (row.getBoolean(i + 2)) {
                reasons.add(rules.get(i).reason());
            }
        }
        JsonObject values = new JsonObject();
        for (int i = 0; i < table.columns().size(); i++) {
            values.put(table.columns().get(i).name(), row.getString(rules.size() + 2 + i));
        }
        return new JsonObject()
                .put("row", row.getLong(1))
                .put("reasons", reasons)
                .put("values", values);
    }
}
