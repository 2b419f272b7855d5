package io.dataprism.app.report;

import io.dataprism.app.CommandFailure;
import io.dataprism.app.input.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The page over a run of one or more pipelines.
 *
 * @param title its heading
 * @param lead what it is, in a sentence
 * @param chapters the runs
 * @param footer where the data comes from and what to do next; HTML
 */
public record Report(String title, String lead, List<Chapter> chapters, String footer) {
    private static final String PAGE = Resources.text(Report.class, "report.html");

    public Report {
        chapters = List.copyOf(chapters);
    }

    /** Write {@code index.html} into {@code folder}, where the charts' files are. */
    public Path write(Path folder) {
        Path page = folder.resolve("index.html");
        try {
            Files.createDirectories(folder);
            Files.writeString(page, toHtml(folder));
            return page;
        } catch (IOException e) {
            throw CommandFailure.unwritable(page, e);
        }
    }

    private String toHtml(Path folder) {
        ChartGallery gallery = new ChartGallery(folder);
        String nav = chapters.size() < 2
                ? ""
                : chapters.stream()
                        .map(chapter -> "<a href=\"#" + Html.anchor(chapter.title()) + "\">"
                                + Html.text(chapter.title()) + "</a>")
                        .collect(Collectors.joining());
        String body =
                chapters.stream().map(chapter -> chapter.toHtml(gallery, title)).collect(Collectors.joining("\n"));
        return PAGE.replace("{{title}}", Html.text(title))
                .replace("{{lead}}", Html.text(lead))
                .replace("{{nav}}", nav)
                .replace("{{footer}}", footer)
                .replace("{{chapters}}", body);
    }
}
