package io.dataprism.app.report;

import io.dataprism.app.pipeline.StepResult;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The charts: each as the picture that was exported, with links to its files. */
final class ChartGallery {
    private final Path folder;

    /** @param folder where the page lies */
    ChartGallery(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** One chart: its picture, and its files by format. */
    private record Chart(String picture, Map<String, String> files) {}

    String toHtml(Iterable<StepResult> results) {
        Map<String, Chart> charts = new LinkedHashMap<>();
        for (StepResult result : results) {
            if (result.step().call().equals("export") && result.saved().isPresent()) {
                add(charts, result, result.saved().get());
            }
        }
        StringBuilder html = new StringBuilder("<div class=\"charts\">");
        charts.forEach((name, chart) -> html.append(figure(name, chart)));
        return charts.isEmpty() ? "" : html.append("</div>").toString();
    }

    private void add(Map<String, Chart> charts, StepResult result, Path file) {
        String path = folder.relativize(file).toString().replace('\\', '/');
        int dot = path.lastIndexOf('.');
        String name = path.substring(0, Math.max(0, dot));
        String format = path.substring(dot + 1);
        Map<String, String> files = new TreeMap<>();
        Chart chart = charts.getOrDefault(name, new Chart("", files));
        chart.files().put(format, path);
        String picture = format.equals("svg") || (chart.picture().isEmpty() && format.equals("png"))
                ? picture(result)
                : chart.picture();
        charts.put(name, new Chart(picture, chart.files()));
    }

    private static String picture(StepResult result) {
        JsonObject export = (JsonObject) Objects.requireNonNull(result.value());
        return "data:" + export.getString("mediaType") + ";base64,"
                + Base64.getEncoder().encodeToString(export.getBuffer("content").getBytes());
    }

    private static String figure(String name, Chart chart) {
        String title = name.substring(name.lastIndexOf('/') + 1).replace('-', ' ');
        StringBuilder links = new StringBuilder();
        chart.files()
                .forEach((format, path) -> links.append("<a href=\"")
                        .append(Html.text(path))
                        .append("\">")
                        .append(Html.text(format.toUpperCase(Locale.ROOT)))
                        .append("</a>"));
        String image = chart.picture().isEmpty()
                ? ""
                : "<div class=\"paper\"><img alt=\"" + Html.text(title) + "\" src=\"" + Html.text(chart.picture())
                        + "\"></div>";
        return "<figure>" + image + "<figcaption><span>" + Html.text(title) + "</span>" + links
                + "</figcaption></figure>";
    }
}
