package io.dataprism.app.review;

import io.dataprism.app.input.Resources;
import io.dataprism.app.report.Html;
import io.dataprism.kernel.manifest.PluginManifest;
import io.dataprism.kernel.manifest.Problem;
import io.dataprism.kernel.manifest.RequestedPermission;
import io.dataprism.sandbox.rules.RuleTable;
import io.dataprism.sandbox.scan.Finding;
import io.dataprism.sandbox.scan.Place;
import java.util.List;
import java.util.stream.Collectors;

/** A review as one page of HTML, for a reviewer to read or print. */
final class ReviewPage {
    private static final String PAGE = Resources.text(ReviewPage.class, "review.html");
    private static final int PLACES = 5;

    private ReviewPage() {}

    static String of(Review review, String version) {
        PluginManifest manifest = review.manifest();
        return PAGE.replace("{{title}}", Html.text(manifest.id() + " " + manifest.version()))
                .replace("{{lead}}", Html.text(manifest.description()))
                .replace("{{file}}", Html.text(review.file()))
                .replace("{{sha256}}", Html.text(review.sha256()))
                .replace("{{main}}", Html.text(manifest.main()))
                .replace("{{classes}}", String.valueOf(review.scan().classes()))
                .replace("{{jars}}", String.valueOf(review.scan().jars()))
                .replace("{{version}}", Html.text(version))
                .replace("{{verdict}}", verdict(review))
                .replace("{{refused}}", refused(review))
                .replace("{{rows}}", rows(review))
                .replace("{{others}}", others(review));
    }

    private static String verdict(Review review) {
        long open = review.lines().stream().filter(line -> !line.asked()).count();
        if (review.refused()) {
            return "<p class=\"bad\">Something speaks against installing it: see below.</p>";
        }
        return open == 0
                ? "<p class=\"good\">Everything that was found is asked for.</p>"
                : "<p class=\"warn\">" + open + (open == 1 ? " kind of access" : " kinds of access")
                        + " found that the manifest does not ask for.</p>";
    }

    private static String refused(Review review) {
        List<Problem> problems = review.problems().stream()
                .filter(problem -> problem.isError() || !problem.code().startsWith("DP-0277"))
                .toList();
        return problems.isEmpty()
                ? ""
                : "<h2>Of the artifact itself</h2>\n<ul>"
                        + problems.stream()
                                .map(problem ->
                                        "<li><b>" + Html.text(problem.severity().label()) + " "
                                                + problem.code() + "</b> " + Html.text(problem.file()) + ": "
                                                + Html.text(problem.message()) + "</li>")
                                .collect(Collectors.joining("\n"))
                        + "</ul>";
    }

    private static String rows(Review review) {
        return review.lines().stream().map(ReviewPage::row).collect(Collectors.joining("\n"));
    }

    private static String row(ReviewLine line) {
        String requests = line.requests().isEmpty()
                ? ""
                : line.requests().stream()
                        .map(request -> "<p><code>" + Html.text(request.permission()) + "</code> "
                                + Html.text(request.reason()) + "</p>")
                        .collect(Collectors.joining());
        String asked = line.asked()
                ? "<b class=\"good\">yes</b>"
                : "<b class=\"warn\">" + (line.requests().isEmpty() ? "no" : "not all of it") + "</b>";
        return "<tr><td><b>" + Html.text(line.permission().isEmpty() ? "never" : line.permission())
                + "</b><p class=\"soft\">"
                + Html.text(line.meaning()) + "</p></td><td class=\"n\">" + line.count() + "</td><td>" + asked
                + requests
                + "</td><td>"
                + line.findings().stream().map(ReviewPage::finding).collect(Collectors.joining())
                + "</td></tr>";
    }

    private static String finding(Finding finding) {
        List<Place> places = finding.places();
        String more = finding.count() > PLACES ? "<li>and " + (finding.count() - PLACES) + " more</li>" : "";
        return "<details><summary><code>" + Html.text(finding.uses()) + "</code>"
                + (finding.whole() && !finding.scope().isEmpty() ? " → <b>" + Html.text(finding.scope()) + "</b>" : "")
                + (finding.note().isEmpty() ? "" : " <span class=\"soft\">" + Html.text(finding.note()) + "</span>")
                + " <span class=\"soft\">" + finding.count() + "×</span></summary><ul>"
                + places.stream()
                        .limit(PLACES)
                        .map(place -> "<li>" + Html.text(place) + "</li>")
                        .collect(Collectors.joining())
                + more + "</ul></details>";
    }

    /** What is asked for and can't be found in code, since the kernel itself does it for the plugin. */
    private static String others(Review review) {
        List<RequestedPermission> others = review.manifest().permissions().stream()
                .filter(request -> review.lines().stream()
                        .noneMatch(line -> line.requests().contains(request)))
                .toList();
        if (others.isEmpty()) {
            return "";
        }
        return "<h2>Asked for, and not found in the code</h2>\n<p class=\"soft\">Events, channels and calls go through the kernel, and so do files"
                + " and addresses that a plugin reaches by its context: the scan does not see them.</p>\n<ul>"
                + others.stream()
                        .map(request -> "<li><code>" + Html.text(request.permission()) + "</code> "
                                + Html.text(request.reason()) + meaning(request) + "</li>")
                        .collect(Collectors.joining("\n"))
                + "</ul>";
    }

    private static String meaning(RequestedPermission request) {
        String meaning = RuleTable.standard().meaning(request.name());
        return meaning.isEmpty() ? "" : " <span class=\"soft\">" + Html.text(meaning) + "</span>";
    }
}
