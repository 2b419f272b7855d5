package io.dataprism.app.review;

import io.dataprism.kernel.manifest.Problem;
import io.dataprism.sandbox.rules.RuleTable;
import io.dataprism.sandbox.scan.Finding;
import io.dataprism.sandbox.scan.Place;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** A review in the Static Analysis Results Interchange Format 2.1.0, which code hosts and editors read. */
final class SarifReport {
    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    private static final String NEVER = "never";

    private SarifReport() {}

    static JsonObject of(Review review, String version) {
        Map<String, String> rules = new TreeMap<>();
        JsonArray results = new JsonArray();
        for (ReviewLine line : review.lines()) {
            for (Finding finding : line.findings()) {
                String rule = finding.permission().isEmpty() ? NEVER : finding.permission();
                String meaning = RuleTable.standard().meaning(finding.permission());
                rules.put(rule, meaning.isEmpty() ? "no permission gives it" : meaning);
                results.add(result(review, line, finding, rule));
            }
        }
        review.problems().stream().filter(Problem::isError).forEach(problem -> {
            rules.put(problem.code(), "speaks against the artifact itself");
            results.add(refused(problem));
        });
        JsonArray described = new JsonArray();
        rules.forEach((id, text) -> described.add(
                new JsonObject().put("id", id).put("shortDescription", new JsonObject().put("text", text))));
        JsonObject driver = new JsonObject()
                .put("name", "DataPrism")
                .put("version", version)
                .put("rules", described);
        return new JsonObject()
                .put("$schema", SCHEMA)
                .put("version", "2.1.0")
                .put(
                        "runs",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("tool", new JsonObject().put("driver", driver))
                                        .put("results", results)));
    }

    private static JsonObject result(Review review, ReviewLine line, Finding finding, String rule) {
        JsonArray locations = new JsonArray();
        finding.places().forEach(place -> locations.add(location(review, place)));
        String text = finding.uses()
                + (finding.permission().isEmpty() ? ": " : " takes " + finding.wanted() + ": ")
                + (finding.permission().isEmpty()
                        ? finding.note()
                        : line.asked() ? "the manifest asks for it" : "the manifest does not ask for it");
        return new JsonObject()
                .put("ruleId", rule)
                .put("level", line.asked() ? "note" : "warning")
                .put("message", new JsonObject().put("text", text))
                .put("locations", locations)
                .put("occurrenceCount", finding.count());
    }

    private static JsonObject refused(Problem problem) {
        return new JsonObject()
                .put("ruleId", problem.code())
                .put("level", "error")
                .put("message", new JsonObject().put("text", problem.message()))
                .put("locations", new JsonArray().add(physical(problem.file(), 0)));
    }

    /** A class of the plugin's own is shown where its source would be; one of a library in its jar. */
    private static JsonObject location(Review review, Place place) {
        boolean own = !place.jar().startsWith("lib/");
        String name = place.type().replaceFirst("[$].*", "").replace('.', '/');
        JsonObject location = own && !name.isEmpty()
                ? physical(name + ".java", place.line())
                : physical(review.manifest().id().toString() + ".jar/" + place.jar(), 0);
        String member = place.type() + (place.method().isEmpty() ? "" : "." + place.method());
        return location.put(
                "logicalLocations",
                new JsonArray()
                        .add(new JsonObject()
                                .put("fullyQualifiedName", member)
                                .put("kind", place.method().isEmpty() ? "type" : "function")));
    }

    private static JsonObject physical(String path, int line) {
        JsonObject physical = new JsonObject().put("artifactLocation", new JsonObject().put("uri", uri(path)));
        if (line > 0) {
            physical.put("region", new JsonObject().put("startLine", line));
        }
        return new JsonObject().put("physicalLocation", physical);
    }

    /** A path as a relative reference. */
    private static String uri(String path) {
        StringBuilder uri = new StringBuilder();
        for (byte b : path.replace('\\', '/').getBytes(StandardCharsets.UTF_8)) {
            boolean plain = (b >= 'a' && b <= 'z')
                    || (b >= 'A' && b <= 'Z')
                    || (b >= '0' && b <= '9')
                    || "/._-~".indexOf(b) >= 0;
            uri.append(plain ? String.valueOf((char) b) : "%" + String.format("%02X", b));
        }
        return uri.toString();
    }
}
