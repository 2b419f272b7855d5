package io.dataprism.tables.engine;

import io.dataprism.api.CallException;
import io.dataprism.api.ColumnType;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Loads a CSV file. Rows that don't fit are collected with their line numbers; a column whose values turn out not to fit its type is
 * read again with a wider one, so that no value is lost.
 */
final class CsvLoader {
    private static final int RECORDED = 1000;
    private static final Pattern MISFIT = Pattern.compile("Invalid Input Error: dp:(\\d+):(.*)", Pattern.DOTALL);

    private final Session session;
    private final String target;
    private final JsonArray widened = new JsonArray();
    private CsvOptions options;
    private List<CsvColumn> columns;

    CsvLoader(Session session, CsvOptions options, String target) {
        this.session = session;
        this.options = options;
        this.columns = new ArrayList<>(options.columns());
        this.target = target;
    }

    /** Makes the table and tells about it. */
    JsonObject load(String path, String shownPath) {
        if (columns.isEmpty()) {
            sniff(path);
        }
        Optional<CsvRejects> rejects = attempt(path);
        while (rejects.isEmpty()) {
            rejects = attempt(path);
        }
        if (options.fails() && !rejects.get().isEmpty()) {
            throw rejects.get().failure(shownPath);
        }
        return new JsonObject().put("rejected", rejects.get().toJson()).put("widened", widened);
    }

    /** Let DuckDB find out what was not told. */
    private void sniff(String path) {
        String sql = "SELECT Delimiter, Quote, Escape, HasHeader, SkipRows, DateFormat, c.name, c.type FROM"
                + " (SELECT *, unnest(Columns) AS c FROM sniff_csv("
                + Sql.text(path) + options.given() + ", sample_size=100000))";
        columns = new ArrayList<>(session.list(sql, List.of(), row -> {
            options = options.or(
                    some(row.getString(1)),
                    some(row.getString(2)),
                    some(row.getString(3)),
                    row.getBoolean(4),
                    row.getLong(5));
            ColumnType type = new Column(row.getString(7), row.getString(8)).type();
            Optional<String> format = type == ColumnType.DATE
                    ? Optional.ofNullable(row.getString(6)).filter(text -> !text.isEmpty())
                    : Optional.empty();
            return new CsvColumn(row.getString(7), type, format, false);
        }));
    }

    private static String some(String found) {
        return found.equals("(empty)") ? "" : found;
    }

    /** Read the file; empty when a column had to be widened, and it is to be read again. */
    private Optional<CsvRejects> attempt(String path) {
        CsvRejects rejects;
        try {
            String values = IntStream.range(0, columns.size())
                    .mapToObj(i -> columns.get(i).expression(i))
                    .collect(Collectors.joining(", "));
            session.run("CREATE TABLE " + target + " AS SELECT " + values + " FROM read_csv(" + Sql.text(path)
                    + options.arguments(columns) + ", " + CsvRejects.arguments(RECORDED) + ")");
            rejects = CsvRejects.take(session, RECORDED);
        } catch (CallException e) {
            // The engine's own words: what is said of them to people ends with advice.
            Matcher misfit = MISFIT.matcher(
                    e.getCause() == null ? "" : String.valueOf(e.getCause().getMessage()));
            if (!misfit.find()) {
                throw e;
            }
            int index = Integer.parseInt(misfit.group(1));
            String value = misfit.group(2);
            widen(index, columns.get(index).widerFor(value), "'" + CsvRejects.excerpt(value) + "' does not fit");
            return Optional.empty();
        }
        if (widen(rejects)) {
            session.run("DROP TABLE " + target);
            return Optional.empty();
        }
        return Optional.of(rejects);
    }

    /** Whether a column was widened for values that DuckDB's reader could not take. */
    private boolean widen(CsvRejects rejects) {
        Map<String, CsvRejects.Row> misfits = new TreeMap<>();
        rejects.misfits().forEach(row -> misfits.putIfAbsent(row.column(), row));
        boolean changed = false;
        for (int i = 0; i < columns.size(); i++) {
            CsvRejects.Row row = misfits.get(columns.get(i).name());
            if (row != null && columns.get(i).type() != ColumnType.TEXT) {
                widen(i, columns.get(i).text(), "line " + row.line() + ": " + row.reason());
                changed = true;
            }
        }
        return changed;
    }

    private void widen(int index, CsvColumn wider, String reason) {
        CsvColumn column = columns.set(index, wider);
        if (column.type() != wider.type()) {
            widened.add(new JsonObject()
                    .put("column", column.name())
                    .put("from", column.type().label())
                    .put("to", wider.type().label())
                    .put("reason", reason));
        }
    }
}
