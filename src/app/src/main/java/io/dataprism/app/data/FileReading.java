package io.dataprism.app.data;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Stream;

/**
 * How a file was read, as the plugin {@code files} reports it: what was detected of its form, and what deserves a second look.
 *
 * @param detected each fact under the name of the option that overrides it, and {@code notes}
 * @param rejected rows that were left out, empty where none were
 * @param widened columns that were read as something wider than was detected
 */
public record FileReading(JsonObject detected, JsonObject rejected, JsonArray widened) {
    private static final int DATES = 3;
    private static final int LINES = 5;

    /** What an answer to {@code fetch} says about it; empty where it says nothing. */
    public static Optional<FileReading> of(JsonObject fetched) {
        if (!(fetched.getValue("report") instanceof JsonObject report)
                || !(report.getValue("detected") instanceof JsonObject detected)) {
            return Optional.empty();
        }
        JsonObject rejected = report.getValue("rejected") instanceof JsonObject rows ? rows : new JsonObject();
        return Optional.of(new FileReading(detected, rejected, report.getJsonArray("widened", new JsonArray())));
    }

    /** What was detected, in a line: {@code csv, windows-1252, delimiter ';', decimal ',', since %d.%m.%Y}. */
    public String summary() {
        StringJoiner line = new StringJoiner(", ").add(text("format"));
        if (!text("format").equals("parquet")) {
            line.add(text("encoding"));
        }
        if (!text("compression").equals("none")) {
            line.add(text("compression"));
        }
        if (detected.containsKey("delimiter")) {
            addCsv(line);
        }
        if (detected.containsKey("rows")) {
            line.add("records in '" + text("rows") + "'");
        }
        return line.toString();
    }

    private void addCsv(StringJoiner line) {
        line.add("delimiter " + sign("delimiter"));
        if (!text("quote").equals("\"")) {
            line.add(text("quote").isEmpty() ? "no quotes" : "quote \"" + text("quote") + "\"");
        }
        Stream.of("comment", "decimal", "thousands")
                .filter(name -> !text(name).isEmpty())
                .forEach(name -> line.add(name + " " + sign(name)));
        if (detected.getInteger("skip", 0) > 0) {
            line.add(counted(detected.getInteger("skip"), "line") + " skipped");
        }
        if (!detected.getBoolean("header", true)) {
            line.add("no header");
        }
        List<String> missing = words("missing");
        if (!missing.isEmpty()) {
            line.add("missing " + String.join(" ", missing));
        }
        List<JsonObject> dates =
                columns().filter(column -> column.containsKey("format")).toList();
        dates.stream()
                .limit(DATES)
                .forEach(column -> line.add(column.getString("name") + " " + column.getString("format")));
        if (dates.size() > DATES) {
            line.add(dates.size() - DATES + " more columns of dates");
        }
    }

    private Stream<JsonObject> columns() {
        return detected.getJsonArray("columns", new JsonArray()).stream().map(JsonObject.class::cast);
    }

    private List<String> words(String name) {
        return detected.getJsonArray(name, new JsonArray()).stream()
                .map(String::valueOf)
                .filter(word -> !word.isEmpty())
                .map(word -> "'" + word + "'")
                .toList();
    }

    private String sign(String name) {
        return text(name).equals("\t") ? "tab" : "'" + text(name) + "'";
    }

    private String text(String name) {
        return String.valueOf(detected.getValue(name, ""));
    }

    /** What could be read in two ways, was read as something wider, or was left out: a sentence each. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        detected.getJsonArray("notes", new JsonArray()).forEach(note -> notes.add(String.valueOf(note)));
        widened.forEach(item -> notes.add(widened((JsonObject) item)));
        int count = rejected.getInteger("count", 0);
        if (count > 0) {
            notes.add(counted(count, "row") + (rejected.getBoolean("more", false) ? " or more" : "")
                    + " left out, for what does not fit:");
            rejected.getJsonArray("rows", new JsonArray()).stream()
                    .map(JsonObject.class::cast)
                    .limit(LINES)
                    .forEach(row -> notes.add("  line " + row.getValue("line") + ": " + row.getString("reason") + ": "
                            + row.getString("text")));
        }
        return notes;
    }

    private static String widened(JsonObject column) {
        return "Column '" + column.getString("column") + "' is read as " + column.getString("to") + ", not as "
                + column.getString("from") + ": " + column.getString("reason");
    }

    private static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /** What was detected, in the form that {@code fetch} takes as its {@code options}: to be kept, or changed. */
    public JsonObject options() {
        JsonObject options = detected.copy();
        options.remove("notes");
        options.remove("compression");
        if (text("format").equals("parquet")) {
            options.remove("encoding");
        }
        if (options.containsKey("columns")) {
            JsonObject types = new JsonObject();
            columns().forEach(column -> types.put(column.getString("name"), type(column)));
            options.put("columns", types);
        }
        return options;
    }

    private static Object type(JsonObject column) {
        JsonObject type = column.copy();
        type.remove("name");
        return type.size() == 1 ? type.getString("type") : type;
    }
}
