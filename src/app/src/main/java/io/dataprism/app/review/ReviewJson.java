package io.dataprism.app.review;

import io.dataprism.app.input.Problems;
import io.dataprism.kernel.admission.Boms;
import io.dataprism.sandbox.scan.Finding;
import io.dataprism.sandbox.scan.Place;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/** A review as JSON. */
public final class ReviewJson {
    private ReviewJson() {}

    public static JsonObject of(Review review) {
        JsonArray asks = new JsonArray();
        review.manifest()
                .permissions()
                .forEach(request -> asks.add(
                        new JsonObject().put("permission", request.permission()).put("reason", request.reason())));
        JsonArray signers = new JsonArray();
        review.signatures().signers().forEach(signer -> signers.add(signer.toJson()));
        JsonArray found = new JsonArray();
        review.lines().forEach(line -> found.add(line(line)));
        return new JsonObject()
                .put("plugin", review.manifest().id().toString())
                .put("version", review.manifest().version().toString())
                .put("file", review.file())
                .put("sha256", review.sha256())
                .put("ok", !review.refused())
                .put("problems", Problems.toJson(review.problems()))
                .put("asks", asks)
                .put("found", found)
                .put("signers", signers)
                .put("bom", Boms.toJson(review.bom(), review.vulnerabilities()))
                .put("classes", review.scan().classes())
                .put("jars", review.scan().jars());
    }

    private static JsonObject line(ReviewLine line) {
        JsonArray findings = new JsonArray();
        line.findings().forEach(finding -> findings.add(finding(finding)));
        return new JsonObject()
                .put("permission", line.permission())
                .put("meaning", line.meaning())
                .put("asked", line.asked())
                .put("count", line.count())
                .put("findings", findings);
    }

    private static JsonObject finding(Finding finding) {
        JsonArray places = new JsonArray();
        finding.places().forEach(place -> places.add(place(place)));
        return new JsonObject()
                .put("kind", finding.kind().name().toLowerCase(Locale.ROOT))
                .put("permission", finding.wanted())
                .put("known", finding.whole())
                .put("uses", finding.uses())
                .put("note", finding.note())
                .put("count", finding.count())
                .put("places", places);
    }

    private static JsonObject place(Place place) {
        return new JsonObject()
                .put("jar", place.jar())
                .put("class", place.type())
                .put("method", place.method())
                .put("line", place.line());
    }
}
