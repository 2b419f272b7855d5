package io.dataprism.app.command;

import io.dataprism.app.Screen;
import io.dataprism.app.review.Review;
import io.dataprism.app.review.ReviewLine;
import io.dataprism.kernel.manifest.RequestedPermission;
import io.dataprism.sandbox.scan.Finding;
import io.dataprism.sandbox.scan.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a scan found, a few lines for each permission, beside what the manifest says. */
final class FoundTable {
    private static final int PLACES = 3;

    private FoundTable() {}

    static void print(Screen screen, Review review) {
        String looked = counted(review.scan().classes(), "class", "classes") + " in "
                + counted(review.scan().jars(), "jar", "jars");
        if (review.lines().isEmpty()) {
            screen.out().println("\nIn " + looked + " nothing was found that takes a permission.");
            return;
        }
        screen.out().println("\nFound in " + looked + ":\n");
        TextTable table = new TextTable("permission", "places", "asked for", "first in", "by");
        review.lines().forEach(line -> rows(line).forEach(table::add));
        table.print(screen);
    }

    private static String counted(int number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    /** The first places in different classes, one a row. */
    private static List<List<String>> rows(ReviewLine line) {
        List<List<String>> rows = new ArrayList<>();
        for (Finding finding : different(line)) {
            Place place = finding.places().get(0);
            String uses = finding.uses()
                    + (finding.whole() && !finding.scope().isEmpty() ? " " + finding.scope() : "")
                    + (finding.note().isEmpty() ? "" : " (" + finding.note() + ")");
            rows.add(
                    rows.isEmpty()
                            ? List.of(
                                    line.permission().isEmpty() ? "never" : line.permission(),
                                    String.valueOf(line.count()),
                                    asked(line),
                                    place.toString(),
                                    uses)
                            : List.of("", "", "", place.toString(), uses));
        }
        return rows;
    }

    private static Stream<Finding> first(ReviewLine line) {
        return Stream.concat(
                line.findings().stream()
                        .filter(finding -> finding.places().get(0).jar().isEmpty()),
                line.findings().stream()
                        .filter(finding -> !finding.places().get(0).jar().isEmpty()));
    }

    private static List<Finding> different(ReviewLine line) {
        return first(line).limit(PLACES).toList();
    }

    private static String asked(ReviewLine line) {
        return line.asked()
                ? "yes"
                : line.requests().isEmpty()
                        ? "no"
                        : "in part: "
                                + line.requests().stream()
                                        .map(RequestedPermission::permission)
                                        .findFirst()
                                        .orElse("");
    }
}
