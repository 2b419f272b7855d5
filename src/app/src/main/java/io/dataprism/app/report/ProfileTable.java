package io.dataprism.app.report;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What {@code analyze} found: a row a column, with its distribution. */
final class ProfileTable {
    private static final int WIDTH = 120;
    private static final int HEIGHT = 26;
    private static final int MOST_VALUES = 4;

    private ProfileTable() {}

    static String toHtml(JsonObject profile) {
        StringBuilder rows = new StringBuilder();
        profile.getJsonArray("columns", new JsonArray()).forEach(item -> rows.append(row((JsonObject) item)));
        return "<h3>Columns</h3><div class=\"scroll\"><table><thead><tr><th>Column</th><th class=\"n\">Missing</th>"
                + "<th class=\"n\">Distinct</th><th class=\"n\">Least</th><th class=\"n\">Median</th><th class=\"n\">Greatest</th>"
                + "<th>Values</th></tr></thead><tbody>" + rows + "</tbody></table></div>" + correlations(profile);
    }

    private static String row(JsonObject column) {
        JsonObject quantiles = column.getJsonObject("quantiles", new JsonObject());
        return "<tr><td>" + Html.text(column.getString("name")) + " <span class=\"type\">"
                + Html.text(column.getString("type", column.getString("kind", ""))) + "</span></td>"
                + cell(Html.number(column, "missing"))
                + cell(distinct(column.getValue("distinct")))
                + cell(shown(column, column.getValue("min")))
                + cell(shown(column, quantiles.getValue("p50")))
                + cell(shown(column, column.getValue("max")))
                + "<td class=\"wrap\">" + distribution(column) + "</td></tr>";
    }

    private static String cell(String content) {
        return "<td class=\"n\">" + content + "</td>";
    }

    private static String distinct(@Nullable Object value) {
        if (value instanceof JsonObject object) {
            return (object.getBoolean("approximate", false) ? "≈\u202f" : "") + Html.number(object, "count");
        }
        return Html.number(value);
    }

    /** A number, a year as it is written, or a moment without the part of it that says nothing. */
    private static String shown(JsonObject column, @Nullable Object value) {
        if (value instanceof Number year
                && column.getString("name").matches("(?i)(.*[_ .-])?(year|yr)")
                && year.doubleValue() == year.intValue()) {
            return String.valueOf(year.intValue());
        }
        return value instanceof String moment
                ? Html.text(moment.replaceFirst("[T ]00:00(:00(\\.0+)?)?Z?$", ""))
                : Html.number(value);
    }

    private static String distribution(JsonObject column) {
        JsonArray histogram = column.getJsonArray("histogram", new JsonArray());
        JsonArray top = column.getJsonArray("top", new JsonArray());
        if (!histogram.isEmpty()) {
            return bars(histogram);
        }
        return top.stream()
                .map(JsonObject.class::cast)
                .limit(MOST_VALUES)
                .map(value -> Html.text(value.getString("value")) + " <span class=\"type\">"
                        + Html.number(value, "count") + "</span>")
                .collect(Collectors.joining(" · "));
    }

    private static String bars(JsonArray histogram) {
        double most = histogram.stream()
                .mapToDouble(bin -> ((JsonObject) bin).getDouble("count", 0.0))
                .max()
                .orElse(1);
        double step = (double) WIDTH / histogram.size();
        StringBuilder bars = new StringBuilder();
        for (int i = 0; i < histogram.size(); i++) {
            double height = HEIGHT * histogram.getJsonObject(i).getDouble("count", 0.0) / Math.max(1, most);
            bars.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
                    i * step,
                    HEIGHT - height,
                    Math.max(0.5, step - 1),
                    height));
        }
        return "<svg class=\"spark\" width=\"" + WIDTH + "\" height=\"" + HEIGHT
                + "\" role=\"img\" aria-label=\"distribution\">" + bars + "</svg>";
    }

    private static String correlations(JsonObject profile) {
        String strong = profile.getJsonArray("correlations", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .filter(pair -> Math.abs(pair.getDouble("r", 0.0)) >= 0.5)
                .sorted((one, other) -> Double.compare(Math.abs(other.getDouble("r")), Math.abs(one.getDouble("r"))))
                .limit(MOST_VALUES)
                .map(pair -> Html.text(pair.getString("x")) + " and " + Html.text(pair.getString("y")) + " <b>"
                        + Html.hundredths(pair.getDouble("r")) + "</b>")
                .collect(Collectors.joining(" · "));
        return strong.isEmpty() ? "" : "<p class=\"lead\" style=\"margin-top:10px\">Go together: " + strong + "</p>";
    }
}
