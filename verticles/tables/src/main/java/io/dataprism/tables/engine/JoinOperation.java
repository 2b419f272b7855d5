package io.dataprism.tables.engine;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code join}: {@code with} another table {@code on} columns of the same names (an array) or of two (an object, left to right); {@code how}. A column of the
 * other table whose name is taken is called {@code <name>_<table>}.
 */
final class JoinOperation {
    private static final List<String> HOW = List.of("inner", "left", "right", "full", "semi", "anti");

    private JoinOperation() {}

    static void apply(Fields fields, Steps steps, Map<String, StoredTable> others) {
        String name = fields.needText("with");
        StoredTable other = others.get(name);
        if (other == null) {
            throw TableProblem.NO_SUCH_TABLE.failure("Tables: " + fields.where() + ": there is no input '" + name + "'."
                    + NearestNames.hint(name, others.keySet()) + " Give it under 'inputs'.");
        }
        Map<Column, Column> keys = keys(fields, steps, other);
        String how = fields.word("how", HOW).orElse("inner");
        fields.done();
        String on = keys.entrySet().stream()
                .map(key ->
                        "l." + key.getKey().quoted() + " = r." + key.getValue().quoted())
                .collect(Collectors.joining(" AND "));
        String columns = how.equals("semi") || how.equals("anti") ? "l.*" : columns(steps, other, name, keys, how);
        steps.add("SELECT " + columns + " FROM " + steps.last() + " l " + how.toUpperCase(Locale.ROOT) + " JOIN "
                + other.qualified() + " r ON " + on);
    }

    private static Map<Column, Column> keys(Fields fields, Steps steps, StoredTable other) {
        Map<Column, Column> keys = new LinkedHashMap<>();
        if (fields.value("on").orElse(null) instanceof JsonObject pairs) {
            for (String left : pairs.fieldNames()) {
                if (!(pairs.getValue(left) instanceof String right)) {
                    throw fields.wrong("on", "names, or an object from left to right names", pairs);
                }
                keys.put(Operations.column(fields, steps, left), other.column(fields.where() + ", right side", right));
            }
        } else {
            for (String both : fields.needTexts("on")) {
                keys.put(Operations.column(fields, steps, both), other.column(fields.where() + ", right side", both));
            }
        }
        if (keys.isEmpty()) {
            throw fields.missing("on", "columns to join on");
        }
        return keys;
    }

    private static String columns(
            Steps steps, StoredTable other, String otherName, Map<Column, Column> keys, String how) {
        List<String> columns = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (Column column : steps.columns()) {
            Column key = keys.get(column);
            // a right or full join has rows without a left side: their key comes from the right
            columns.add(
                    key == null || how.equals("inner") || how.equals("left")
                            ? "l." + column.quoted()
                            : "coalesce(l." + column.quoted() + ", r." + key.quoted() + ") AS " + column.quoted());
            taken.add(column.name().toLowerCase(Locale.ROOT));
        }
        for (Column column : other.columns()) {
            if (!keys.containsValue(column)) {
                String name = column.name();
                while (!taken.add(name.toLowerCase(Locale.ROOT))) {
                    name += "_" + otherName;
                }
                columns.add("r." + column.quoted() + " AS " + Sql.name(name));
            }
        }
        return String.join(", ", columns);
    }
}
