package io.dataprism.app.report;

import io.dataprism.app.data.FileReading;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How a file was read: in a line, with what deserves a second look, and each option by its name. */
final class ReadingTable {
    private ReadingTable() {}

    static String toHtml(FileReading reading) {
        StringBuilder rows = new StringBuilder();
        reading.options()
                .forEach(option -> rows.append("<tr><td><code>")
                        .append(Html.text(option.getKey()))
                        .append("</code></td><td class=\"wrap\">")
                        .append(shown(option.getValue()))
                        .append("</td></tr>"));
        return "<h3>How the file was read</h3><p class=\"lead\">" + Html.text(reading.summary()) + "</p>"
                + notes(reading) + "<details><summary>Each option, by the name that overrides it</summary>"
                + "<div class=\"scroll\"><table><thead><tr><th>Option</th><th>Detected</th></tr></thead><tbody>" + rows
                + "</tbody></table></div></details>";
    }

    private static String notes(FileReading reading) {
        return reading.notes().isEmpty()
                ? ""
                : reading.notes().stream()
                        .map(note -> "<li>" + Html.text(note.strip()) + "</li>")
                        .collect(Collectors.joining("", "<ul class=\"notes\">", "</ul>"));
    }

    private static String shown(@Nullable Object value) {
        if (value instanceof JsonObject columns) {
            return columns.stream()
                    .map(column ->
                            Html.text(column.getKey()) + " <span class=\"type\">" + type(column.getValue()) + "</span>")
                    .collect(Collectors.joining(" · "));
        }
        if (value instanceof JsonArray words) {
            return words.stream().map(ReadingTable::quoted).collect(Collectors.joining(" "));
        }
        return value instanceof String ? quoted(value) : Html.text(value);
    }

    private static String type(@Nullable Object type) {
        return type instanceof JsonObject form
                ? Html.text(form.getString("type") + " " + form.getString("format"))
                : Html.text(type);
    }

    private static String quoted(@Nullable Object text) {
        return "<code>" + Html.text("\t".equals(text) ? "tab" : "\"" + text + "\"") + "</code>";
    }
}
