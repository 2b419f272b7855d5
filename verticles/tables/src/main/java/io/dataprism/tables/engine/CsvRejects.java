package io.dataprism.tables.engine;

import io.dataprism.api.CallException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV file that were not taken.
 *
 * @param rows one a line of the file
 * @param limit as many are recorded at most
 */
record CsvRejects(List<Row> rows, int limit) {
    private static final int SHOWN = 20;
    private static final int LONGEST = 200;

    /** A row that was not taken. */
    record Row(long line, String kind, String column, String reason, String text) {}

    /** What {@code read_csv} is told. */
    static String arguments(int limit) {
        return "store_rejects=true, rejects_table='rejects', rejects_scan='rejects_scan', rejects_limit=" + limit;
    }

    /** Take them out of the session's temporary tables. */
    static CsvRejects take(Session session, int limit) {
        List<Row> rows = session.list(
                "SELECT line, arg_min(error_type::VARCHAR, column_idx), arg_min(coalesce(column_name, ''), column_idx),"
                        + " arg_min(error_message, column_idx), any_value(csv_line) FROM rejects GROUP BY line ORDER BY line",
                List.of(),
                row -> new Row(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        excerpt(row.getString(5))));
        session.run("DROP TABLE rejects");
        session.run("DROP TABLE rejects_scan");
        return new CsvRejects(rows, limit);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Those with a value of the wrong type. */
    List<Row> misfits() {
        return rows.stream().filter(row -> row.kind().equals("CAST")).toList();
    }

    JsonObject toJson() {
        JsonArray shown = new JsonArray();
        rows.stream()
                .limit(SHOWN)
                .forEach(row -> shown.add(new JsonObject()
                        .put("line", row.line())
                        .put("reason", row.reason())
                        .put("text", row.text())));
        return new JsonObject().put("count", rows.size()).put("more", hasMore()).put("rows", shown);
    }

    private boolean hasMore() {
        return rows.size() >= limit;
    }

    CallException failure(String path) {
        String lines = rows.stream()
                .limit(5)
                .map(row -> "\n  line " + row.line() + ": " + row.reason() + ": " + row.text())
                .collect(Collectors.joining());
        return TableProblem.BAD_ROWS.failure(
                "Tables: " + path + " has " + rows.size() + (hasMore() ? " or more" : "")
                        + (rows.size() == 1 ? " row that does" : " rows that do") + " not fit:" + lines
                        + "\nMend them, or set badRows to 'skip' (leave them out and report them) or 'pad' (fill up short ones).");
    }

    static String excerpt(@Nullable String text) {
        return text == null ? "" : text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }
}
