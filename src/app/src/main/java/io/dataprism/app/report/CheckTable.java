package io.dataprism.app.report;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What {@code validate} found: a row a rule. */
final class CheckTable {
    private CheckTable() {}

    static String toHtml(JsonObject report) {
        StringBuilder rows = new StringBuilder();
        report.getJsonArray("rules", new JsonArray()).forEach(item -> rows.append(row((JsonObject) item)));
        return "<h3>Checks</h3><div class=\"scroll\"><table><thead><tr><th>Rule</th><th class=\"n\">Rows that break it</th></tr></thead><tbody>"
                + rows + "</tbody></table></div>";
    }

    private static String row(JsonObject rule) {
        boolean holds = rule.getLong("failed", 0L) == 0;
        return "<tr><td>" + Html.text(rule.getString("name", rule.getString("rule", ""))) + "</td><td class=\"n "
                + (holds ? "good\">none" : "bad\">" + Html.number(rule, "failed")) + "</td></tr>";
    }
}
