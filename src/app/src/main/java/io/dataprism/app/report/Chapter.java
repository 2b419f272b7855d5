package io.dataprism.app.report;

import io.dataprism.app.data.FileReading;
import io.dataprism.app.pipeline.StepResult;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One pipeline's run.
 *
 * @param title how the pipeline is called
 * @param description what it is for
 * @param results its steps
 */
public record Chapter(String title, String description, List<StepResult> results) {
    public Chapter {
        results = List.copyOf(results);
    }

    /** The files of the charts that were saved. */
    public long files() {
        return results.stream().filter(result -> result.saved().isPresent()).count();
    }

    public Duration took() {
        return StepResult.span(results);
    }

    /** The first answer to {@code call} that is an object. */
    Optional<JsonObject> answer(String call) {
        return answers(call).findFirst();
    }

    private Stream<JsonObject> answers(String call) {
        return results.stream()
                .filter(result -> result.step().call().equals(call))
                .map(StepResult::value)
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast);
    }

    /** @param page the heading of the page, which is not repeated */
    String toHtml(ChartGallery gallery, String page) {
        StringBuilder html = new StringBuilder();
        html.append("<section id=\"")
                .append(Html.anchor(title))
                .append("\">")
                .append(title.equals(page) ? "" : heading())
                .append(facts())
                .append(gallery.toHtml(results));
        answers("fetch")
                .flatMap(fetched -> FileReading.of(fetched).stream())
                .forEach(reading -> html.append(ReadingTable.toHtml(reading)));
        answer("analyze").ifPresent(profile -> html.append(ProfileTable.toHtml(profile)));
        answer("validate").ifPresent(check -> html.append(CheckTable.toHtml(check)));
        return html.append(WorkTable.toHtml(results)).append("</section>").toString();
    }

    private String heading() {
        return "<h2>" + Html.text(title) + "</h2><p class=\"lead\">" + Html.text(description) + "</p>";
    }

    private String facts() {
        long rows = results.stream()
                .filter(result -> result.rows().isPresent())
                .mapToLong(result -> result.rows().getAsLong())
                .max()
                .orElse(0);
        long plugins = results.stream()
                .map(result -> result.step().plugin())
                .distinct()
                .count();
        return "<ul class=\"facts\">" + fact(Html.number(rows), "rows") + fact(String.valueOf(results.size()), "steps")
                + fact(String.valueOf(plugins), "plugins") + fact(Html.millis(took().toMillis()), "in all") + "</ul>";
    }

    private static String fact(String value, String name) {
        return "<li><b>" + value + "</b><span>" + name + "</span></li>";
    }
}
