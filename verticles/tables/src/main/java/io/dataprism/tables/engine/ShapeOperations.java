package io.dataprism.tables.engine;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code derive}, {@code select}, {@code sort}, {@code sample}: what changes columns, order or number of rows. */
final class ShapeOperations {
    private ShapeOperations() {}

    /** {@code name} and {@code expr}: a new column, or another value in an existing one. */
    static void derive(Fields fields, Steps steps, Map<String, StoredTable> others) {
        String name = fields.needText("name");
        String expression = Operations.expression(fields, steps, fields.needText("expr"), others);
        fields.done();
        boolean there = steps.names().stream().anyMatch(name::equalsIgnoreCase);
        String value = expression + " AS " + Sql.name(name);
        steps.add("SELECT *" + (there ? " REPLACE (" + value + ")" : ", " + value) + " FROM " + steps.last());
    }

    /** {@code columns}: an array of names to keep, in that order, or an object from new to old names. */
    static void select(Fields fields, Steps steps) {
        List<String> chosen = new ArrayList<>();
        if (fields.value("columns").orElse(null) instanceof JsonObject renamed) {
            for (String name : renamed.fieldNames()) {
                if (!(renamed.getValue(name) instanceof String old)) {
                    throw fields.wrong("columns", "an object from new names to old", renamed);
                }
                chosen.add(Operations.column(fields, steps, old).quoted() + " AS " + Sql.name(name));
            }
        } else {
            fields.needTexts("columns")
                    .forEach(name ->
                            chosen.add(Operations.column(fields, steps, name).quoted()));
        }
        fields.done();
        if (chosen.isEmpty()) {
            throw fields.fail("no column is left. Name one at least.");
        }
        steps.add("SELECT " + String.join(", ", chosen) + " FROM " + steps.last());
    }

    /** {@code by}: names, or objects with {@code column} and {@code order}; {@code limit}: how many rows to keep. */
    static void sort(Fields fields, Steps steps) {
        List<String> keys = new ArrayList<>();
        for (Object item : fields.array("by").orElseThrow(() -> fields.missing("by", "an array of columns"))) {
            keys.add(key(fields, steps, item));
        }
        String limit = fields.whole("limit", 1, Long.MAX_VALUE)
                .map(rows -> " LIMIT " + rows)
                .orElse("");
        fields.done();
        if (keys.isEmpty()) {
            throw fields.fail("'by' names no column.");
        }
        steps.add("SELECT * FROM " + steps.last() + " ORDER BY " + String.join(", ", keys) + limit);
    }

    private static String key(Fields fields, Steps steps, Object item) {
        if (item instanceof String name) {
            return Operations.column(fields, steps, name).quoted() + " ASC NULLS LAST";
        }
        if (!(item instanceof JsonObject json)) {
            throw fields.wrong("by", "names, or objects with 'column' and 'order'", item);
        }
        Fields key = new Fields(TableProblem.BAD_OPERATION, fields.where(), json);
        String name = Operations.column(fields, steps, key.needText("column")).quoted();
        String order = key.word("order", List.of("ascending", "descending")).orElse("ascending");
        key.done();
        return name + (order.equals("ascending") ? " ASC" : " DESC") + " NULLS LAST";
    }

    /** {@code rows} or {@code fraction}; the same {@code seed} gives the same rows of the same table. */
    static void sample(Fields fields, Steps steps) {
        long seed = fields.whole("seed", 0, Integer.MAX_VALUE).orElse(1L);
        boolean byRows = fields.has("rows");
        if (byRows == fields.has("fraction")) {
            throw fields.fail("expected either 'rows' or 'fraction'.");
        }
        // DuckDB's own sampling depends on which thread reads what; a hash of the row's number does not
        String all = steps.columns().stream().map(Column::quoted).collect(Collectors.joining(", "));
        String spread = "hash(row_number() OVER (), " + seed + ")";
        if (byRows) {
            long rows = fields.whole("rows", 1, Long.MAX_VALUE).orElseThrow();
            fields.done();
            steps.add("SELECT " + all + " FROM " + steps.last() + " ORDER BY " + spread + " LIMIT " + rows);
        } else {
            double fraction = fields.number("fraction")
                    .filter(share -> share > 0 && share <= 1)
                    .orElseThrow(() -> fields.fail("'fraction' must be above 0 and at most 1."));
            fields.done();
            steps.add("SELECT " + all + " FROM " + steps.last() + " QUALIFY " + spread + " / 18446744073709551616.0 < "
                    + fraction);
        }
    }
}
