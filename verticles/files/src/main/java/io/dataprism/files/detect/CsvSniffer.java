package io.dataprism.files.detect;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Finds out how a CSV file is written, from the text of its head. */
final class CsvSniffer {
    private static final int ROWS = 20_000;
    private static final int FIRST_NUMBER = 2;

    private final String name;
    private final String text;
    private final Overrides overrides;
    private final List<String> notes;

    /**
     * @param name of the file, for messages
     * @param notes where to tell what could be read in two ways
     */
    CsvSniffer(String name, String text, Overrides overrides, List<String> notes) {
        this.name = name;
        this.text = text;
        this.overrides = overrides;
        this.notes = notes;
    }

    /** The options for loading, all of them. */
    JsonObject sniff() {
        Dialect dialect = withoutStray(new DialectSniffer(text, overrides).sniff());
        List<CsvText.Row> rows = new ArrayList<>(
                new CsvText(text, dialect.delimiter(), dialect.quote(), dialect.backslash()).rows(ROWS));
        rows.removeIf(row -> row.line() <= dialect.skip() || DialectSniffer.isComment(row, dialect.comment()));
        if (rows.isEmpty()) {
            throw FileProblem.EMPTY.failure(name + " holds no row but blank lines or comments. Check the file.");
        }
        int width = rows.get(0).cells().size();
        List<List<String>> body = columns(rows.subList(1, rows.size()), width);
        Numbers numbers = numbers(rows);
        boolean header = overrides.flag("header").orElseGet(() -> isHeader(rows.get(0), body, numbers));
        List<String> names = header ? names(rows.get(0)) : numbered(width);
        List<List<String>> values = header ? body : columns(rows, width);
        List<ColumnSniffer> columns = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            columns.add(new ColumnSniffer(names.get(i), values.get(i)));
        }
        List<String> missing = overrides.texts("missing").orElseGet(() -> missing(columns, numbers));
        boolean dayFirst = numbers.decimal() == ',' || dialect.delimiter() == ';';
        JsonArray described = new JsonArray();
        columns.forEach(column -> described.add(column.column(new HashSet<>(missing), numbers, dayFirst, notes)));
        return new JsonObject()
                .put("delimiter", Dialect.shown(dialect.delimiter()))
                .put("quote", Dialect.shown(dialect.quote()))
                .put("escape", Dialect.shown(dialect.escape()))
                .put("comment", Dialect.shown(dialect.comment()))
                .put("skip", dialect.skip())
                .put("header", header)
                .put("decimal", String.valueOf(numbers.decimal()))
                .put("thousands", Dialect.shown(numbers.thousands()))
                .put("missing", new JsonArray(missing))
                .put("columns", overridden(described));
    }

    /** Where a quote that nothing closes made the other kind of quotes fit better, though nothing stands in them, there are none. */
    private Dialect withoutStray(Dialect dialect) {
        if (dialect.quote() != '\'' || overrides.character("quote").isPresent()) {
            return dialect;
        }
        List<CsvText.Row> rows =
                new CsvText(text, dialect.delimiter(), dialect.quote(), dialect.backslash()).rows(ROWS);
        if (rows.stream().flatMap(row -> row.cells().stream()).anyMatch(CsvText.Cell::quoted)) {
            return dialect;
        }
        rows.stream()
                .filter(row ->
                        row.cells().stream().anyMatch(cell -> cell.value().startsWith("\"")))
                .findFirst()
                .ifPresent(
                        row -> notes.add(
                                "Line " + row.line()
                                        + " opens a quote (\") that nothing closes, so quotes are read as they stand, as part of the text."));
        return dialect.withoutQuotes();
    }

    private static List<List<String>> columns(List<CsvText.Row> rows, int width) {
        List<List<String>> columns = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            columns.add(new ArrayList<>());
        }
        for (CsvText.Row row : rows) {
            for (int i = 0; i < Math.min(width, row.cells().size()); i++) {
                columns.get(i).add(row.cells().get(i).value().strip());
            }
        }
        return columns;
    }

    private Numbers numbers(List<CsvText.Row> rows) {
        List<String> values = rows.stream()
                .flatMap(row -> row.cells().stream())
                .map(cell -> cell.value().strip())
                .toList();
        Numbers found = Numbers.of(values);
        char decimal = overrides.character("decimal").orElse(found.decimal());
        char thousands = overrides.character("thousands").orElse(found.thousands() == decimal ? 0 : found.thousands());
        return new Numbers(decimal, thousands);
    }

    private List<String> missing(List<ColumnSniffer> columns, Numbers numbers) {
        Set<String> words = new LinkedHashSet<>();
        words.add("");
        columns.forEach(column -> words.addAll(column.missing(numbers)));
        return List.copyOf(words);
    }

    /** A first row of another kind than what follows; or of words, all different, that don't come again. */
    private static boolean isHeader(CsvText.Row first, List<List<String>> body, Numbers numbers) {
        Set<String> seen = new HashSet<>();
        boolean differs = false;
        boolean words = true;
        for (int i = 0; i < first.cells().size(); i++) {
            String value = first.cells().get(i).value().strip();
            boolean again = !value.isEmpty() && !seen.add(value);
            differs |= body.get(i).isEmpty() || new ColumnSniffer("", body.get(i)).differsFrom(value, numbers);
            words &= !again && !numbers.isDouble(value);
        }
        boolean among = body.stream().anyMatch(column -> column.stream().anyMatch(seen::contains));
        return differs || (words && !among);
    }

    private static List<String> names(CsvText.Row header) {
        List<String> names = new ArrayList<>();
        Map<String, Integer> taken = new HashMap<>();
        for (int i = 0; i < header.cells().size(); i++) {
            String given = header.cells().get(i).value().strip();
            names.add(free(given.isEmpty() ? "column_" + (i + 1) : given, taken));
        }
        return names;
    }

    /**
     * {@code name}, or with the first free number behind it.
     *
     * @param taken the names so far in lower case, each with the number to try next
     */
    private static String free(String name, Map<String, Integer> taken) {
        String key = name.toLowerCase(Locale.ROOT);
        String free = name;
        int next = taken.getOrDefault(key, FIRST_NUMBER);
        while (taken.putIfAbsent(free.toLowerCase(Locale.ROOT), FIRST_NUMBER) != null) {
            free = name + "_" + next++;
        }
        taken.put(key, next);
        return free;
    }

    private static List<String> numbered(int width) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= width; i++) {
            names.add("column_" + i);
        }
        return names;
    }

    /** The caller's {@code columns}: an object from names to types, or to {@code {type, format}}. */
    private JsonArray overridden(JsonArray columns) {
        Object given = overrides.json().getValue("columns");
        if (given == null) {
            return columns;
        }
        if (!(given instanceof JsonObject types)) {
            throw Overrides.wrong("columns", "an object from names to types", given);
        }
        Set<String> names = new LinkedHashSet<>();
        JsonArray result = new JsonArray();
        for (Object item : columns) {
            JsonObject column = (JsonObject) item;
            String columnName = column.getString("name");
            names.add(columnName);
            result.add(types.containsKey(columnName) ? told(columnName, types.getValue(columnName)) : column);
        }
        for (String wanted : types.fieldNames()) {
            if (!names.contains(wanted)) {
                throw FileProblem.BAD_OPTION.failure("the option 'columns' names '" + wanted + "', but " + name
                        + " has the columns " + String.join(", ", names) + ".");
            }
        }
        return result;
    }

    private static JsonObject told(String name, Object type) {
        if (type instanceof String word) {
            return new JsonObject().put("name", name).put("type", word);
        }
        if (type instanceof JsonObject json) {
            return new JsonObject().put("name", name).mergeIn(json);
        }
        throw Overrides.wrong("columns", "a type, or an object with 'type' and 'format', for '" + name + "'", type);
    }
}
