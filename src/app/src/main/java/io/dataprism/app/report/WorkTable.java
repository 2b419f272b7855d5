package io.dataprism.app.report;

import io.dataprism.app.pipeline.StepResult;
import java.util.List;
import java.util.Locale;

/** Which plugin did what in what time. */
final class WorkTable {
    private WorkTable() {}

    static String toHtml(List<StepResult> results) {
        long longest = results.stream()
                .mapToLong(result -> result.took().toMillis())
                .max()
                .orElse(1);
        StringBuilder rows = new StringBuilder();
        results.forEach(result -> rows.append(row(result, Math.max(1, longest))));
        return "<details><summary>Which plugin did what</summary><div class=\"scroll\"><table><thead><tr><th>Step</th><th>Plugin</th>"
                + "<th>Call</th><th class=\"n\">Rows</th><th>Time</th></tr></thead><tbody>" + rows
                + "</tbody></table></div></details>";
    }

    private static String row(StepResult result, long longest) {
        long millis = result.took().toMillis();
        return "<tr><td>" + Html.text(result.step().name()) + "</td><td><span class=\"chip\">"
                + Html.text(result.step().plugin())
                + "</span></td><td>" + Html.text(result.step().call()) + "</td><td class=\"n\">"
                + (result.rows().isPresent() ? Html.number(result.rows().getAsLong()) : "")
                + "</td><td><span class=\"track\"><span class=\"bar\" style=\"width:"
                + String.format(Locale.ROOT, "%.1f", 100.0 * millis / longest) + "%\"></span></span>"
                + Html.millis(millis)
                + "</td></tr>";
    }
}
