package io.dataprism.kernel.admission;

import io.dataprism.sandbox.scan.Finding;
import io.dataprism.sandbox.scan.Objection;
import io.dataprism.sandbox.scan.Place;
import io.dataprism.sandbox.scan.ScanReport;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

/** A scan's report as JSON, and back. */
public final class ScanJson {
    private static final int FEW = 3;
    private static final int MANY = 1000;

    private ScanJson() {}

    public static JsonObject of(ScanReport report) {
        return of(report, Integer.MAX_VALUE);
    }

    /** The same for somebody who reads it: with the first places alone, fewer of them where much was found. */
    public static JsonObject brief(ScanReport report) {
        return of(report, report.findings().size() > MANY ? 1 : FEW);
    }

    private static JsonObject of(ScanReport report, int places) {
        JsonArray findings = new JsonArray();
        report.findings().forEach(finding -> findings.add(of(finding, places)));
        JsonArray objections = new JsonArray();
        report.objections().forEach(objection -> objections.add(of(objection)));
        return new JsonObject()
                .put("classes", report.classes())
                .put("jars", report.jars())
                .put("bytes", report.bytes())
                .put("objections", objections)
                .put("findings", findings);
    }

    private static JsonObject of(Objection objection) {
        return new JsonObject()
                .put("refuses", objection.refuses())
                .put("code", objection.code())
                .put("file", objection.file())
                .put("message", objection.message());
    }

    private static JsonObject of(Finding finding, int most) {
        JsonArray places = new JsonArray();
        finding.places().stream()
                .limit(most)
                .forEach(place -> places.add(new JsonObject()
                        .put("jar", place.jar())
                        .put("type", place.type())
                        .put("method", place.method())
                        .put("line", place.line())));
        return new JsonObject()
                .put("kind", finding.kind().name().toLowerCase(Locale.ROOT))
                .put("permission", finding.permission())
                .put("scope", finding.scope())
                .put("whole", finding.whole())
                .put("uses", finding.uses())
                .put("note", finding.note())
                .put("count", finding.count())
                .put("places", places);
    }

    /**
     * What {@link #of} made.
     *
     * @throws ClassCastException where it is something else, as do {@link NullPointerException} and {@link IllegalArgumentException}
     */
    public static ScanReport read(JsonObject json) {
        return new ScanReport(
                all(json, "findings", ScanJson::finding),
                all(json, "objections", ScanJson::objection),
                number(json, "classes"),
                number(json, "jars"),
                json.getLong("bytes"));
    }

    private static <T> List<T> all(JsonObject json, String key, Function<JsonObject, T> reading) {
        List<T> all = new ArrayList<>();
        json.getJsonArray(key).forEach(item -> all.add(reading.apply((JsonObject) item)));
        return all;
    }

    private static Objection objection(JsonObject json) {
        return new Objection(flag(json, "refuses"), text(json, "code"), text(json, "file"), text(json, "message"));
    }

    private static Finding finding(JsonObject json) {
        return new Finding(
                Finding.Kind.valueOf(text(json, "kind").toUpperCase(Locale.ROOT)),
                text(json, "permission"),
                text(json, "scope"),
                flag(json, "whole"),
                text(json, "uses"),
                text(json, "note"),
                number(json, "count"),
                all(json, "places", ScanJson::place));
    }

    private static Place place(JsonObject json) {
        return new Place(text(json, "jar"), text(json, "type"), text(json, "method"), number(json, "line"));
    }

    private static String text(JsonObject json, String key) {
        return Objects.requireNonNull(json.getString(key), key);
    }

    private static boolean flag(JsonObject json, String key) {
        return Objects.requireNonNull(json.getBoolean(key), key);
    }

    private static int number(JsonObject json, String key) {
        return Objects.requireNonNull(json.getInteger(key), key);
    }
}
