package io.dataprism.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.app.review.Review;
import io.dataprism.app.review.ReviewLine;
import io.dataprism.kernel.manifest.ArtifactReader;
import io.dataprism.sandbox.scan.Objection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The plugins that ship, scanned: what they reach for, and what of it is code of their own. */
class ScanIT {

    private static Review review(String plugin) throws IOException {
        Path jar = Path.of(System.getProperty("dist"), "plugins", plugin + ".jar");
        return Review.of(jar, ArtifactReader.read(jar));
    }

    private static Set<String> permissions(Review review) {
        return review.lines().stream()
                .map(line -> line.permission().isEmpty() ? "never" : line.permission())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Of the plugin's own classes, by permission, how many calls. */
    private static Set<String> own(Review review) {
        TreeMap<String, Integer> own = new TreeMap<>();
        for (ReviewLine line : review.lines()) {
            line.findings().stream()
                    .filter(finding -> finding.places().get(0).jar().isEmpty())
                    .forEach(finding -> own.merge(line.permission(), 1, Integer::sum));
        }
        return own.keySet();
    }

    @Test
    void filesReadsAndWritesFilesAndNothingElse() throws IOException {
        Review review = review("files");
        assertEquals(Set.of("file-access:read", "file-access:write"), permissions(review));
        assertTrue(
                review.lines().stream().allMatch(ReviewLine::asked),
                () -> review.problems().toString());
        assertEquals(List.of(), review.problems());
    }

    @Test
    void tablesRunsNativeCodeAsItsManifestSays() throws IOException {
        Review review = review("tables");
        assertEquals(List.of(), review.scan().objections());
        assertEquals(
                Set.of(
                        "class-loading",
                        "file-access:read",
                        "file-access:write",
                        "native-access",
                        "network-access",
                        "reflection",
                        "threads"),
                permissions(review));
        assertEquals(Set.of("class-loading", "file-access:read", "file-access:write", "threads"), own(review));
    }

    @Test
    void theEngineOfChartsTakesMuchAndCarriesNativeCode() throws IOException {
        Review review = review("charts");
        assertEquals(
                Set.of("DP-0271 lib/org.graalvm.truffle.truffle-api"),
                review.scan().objections().stream()
                        .filter(Objection::refuses)
                        .map(objection ->
                                objection.code() + " " + objection.file().replaceFirst("-[0-9].*", ""))
                        .collect(Collectors.toSet()));
        Set<String> found = permissions(review);
        assertTrue(
                found.containsAll(Set.of("class-loading", "native-access", "reflection", "threads")), found.toString());
        assertEquals(Set.of("reflection", "system-properties:read", "system-properties:write", "threads"), own(review));
    }
}
