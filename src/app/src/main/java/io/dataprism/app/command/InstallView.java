package io.dataprism.app.command;

import io.dataprism.api.PluginException;
import io.dataprism.app.Screen;
import io.dataprism.app.Screen.Style;
import io.dataprism.app.review.ReviewLine;
import io.dataprism.app.review.ReviewLines;
import io.dataprism.kernel.admission.Refusal;
import io.dataprism.kernel.admission.ScanJson;
import io.dataprism.kernel.admission.Signer;
import io.dataprism.kernel.manifest.RequestedPermission;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.sandbox.scan.Finding;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What whoever installs a plugin is shown on standard error: what it is and who signed it, each permission that it asks for with its reason beside where its
 * code takes it, what its code takes without asking, and what the policy says.
 */
final class InstallView {
    private static final int PLACES = 3;

    private final Screen screen;
    private final JsonObject review;
    private final List<RequestedPermission> asks;
    private final List<ReviewLine> lines;

    /** @param review as {@code plugins:review} answers */
    InstallView(Screen screen, JsonObject review) {
        this.screen = screen;
        this.review = review;
        this.asks = objects(review.getJsonArray("asks")).stream()
                .map(asked -> new RequestedPermission(
                        asked.getString("permission"), asked.getString("reason"), asked.getBoolean("required")))
                .toList();
        this.lines = ReviewLines.of(asks, ScanJson.read(review.getJsonObject("scan")));
    }

    /** What the policy has against it. */
    static List<Refusal> refusals(JsonObject review) {
        return refusals(review.getJsonArray("refusals"));
    }

    private static List<Refusal> refusals(JsonArray array) {
        return objects(array).stream()
                .map(one -> new Refusal(one.getString("code"), one.getString("message")))
                .toList();
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast).toList();
    }

    void print() {
        line(screen.noticed(Style.BOLD, plain(review.getString("id") + " " + review.getString("version")))
                + plain(" (" + review.getString("category") + ")  " + review.getString("description")));
        row("from", review.getString("source"));
        row("sha256", review.getString("sha256"));
        row("signed", signed());
        if (asks.isEmpty()) {
            row("asks", "for nothing");
        }
        String before = review.getString("before");
        List<JsonObject> old = before.isEmpty()
                ? List.of()
                : objects(review.getJsonArray("asks")).stream()
                        .filter(asked -> !asked.getBoolean("new"))
                        .toList();
        if (!old.isEmpty()) {
            row(
                    "asks",
                    "for " + old.size() + (old.size() == 1 ? " permission" : " permissions") + " that " + before
                            + " asks for too; new is:");
        }
        Set<String> known =
                old.stream().map(asked -> asked.getString("permission")).collect(Collectors.toSet());
        asks.stream().filter(request -> !known.contains(request.permission())).forEach(this::asked);
        lines.stream().filter(line -> !line.asked()).forEach(this::unasked);
        BomView.rows(review.getJsonObject("bom")).forEach(text -> row("holds", text));
        refusals(review.getJsonArray("remarks")).forEach(remark -> row("note", remark.toString()));
        refusals(review).forEach(refusal -> row("against", refusal.toString()));
    }

    private String signed() {
        List<Signer> signers = objects(review.getJsonArray("signers")).stream()
                .map(Signer::fromJson)
                .toList();
        if (signers.isEmpty()) {
            return "by nobody";
        }
        return signers.stream()
                        .map(signer -> "by " + signer.subject() + " (signer:" + signer.fingerprint() + ")")
                        .collect(Collectors.joining(", "))
                + (review.getBoolean("trusted") ? ", trusted" : ", not trusted");
    }

    private void asked(RequestedPermission request) {
        Permission permission;
        try {
            permission = Permission.parse(request.permission());
        } catch (PluginException newer) {
            row("asks", request.permission() + "  " + request.reason());
            return;
        }
        row("asks", permission + "  " + request.reason());
        if (request.required()) {
            row("", "does not start without it");
        }
        row(
                "",
                "lets it " + permission.name().lets() + " ("
                        + permission.name().danger().text() + ")");
        List<Finding> uses = lines.stream()
                .filter(line -> line.requests().contains(request))
                .flatMap(line -> line.findings().stream())
                .filter(finding -> ReviewLines.mayMean(request, finding))
                .limit(PLACES)
                .toList();
        if (uses.isEmpty()) {
            row("", "its code was not found to take it from the JDK");
        }
        uses.forEach(finding -> row("", "taken in " + place(finding)));
    }

    private void unasked(ReviewLine line) {
        row(
                "takes",
                (line.permission().isEmpty()
                                ? "what no permission gives"
                                : line.permission() + ", and does not ask for "
                                        + (line.requests().isEmpty() ? "it" : "all of it"))
                        + " (" + line.count() + (line.count() == 1 ? " place)" : " places)"));
        line.findings().stream()
                .filter(finding -> line.requests().stream().noneMatch(request -> ReviewLines.mayMean(request, finding)))
                .limit(PLACES)
                .forEach(finding -> row("", place(finding)));
    }

    private static String place(Finding finding) {
        String scope = finding.whole() && !finding.scope().isEmpty() ? " " + finding.scope() : "";
        return finding.places().get(0) + " by " + finding.uses() + scope;
    }

    private void row(String name, String text) {
        String safe = text.lines().map(InstallView::plain).collect(Collectors.joining("\n             "));
        line("    " + (name + " ".repeat(9)).substring(0, 9) + safe);
    }

    private void line(String text) {
        screen.err().println(text);
    }

    /** An artifact's words say nothing to the terminal. */
    private static String plain(String text) {
        return PlainText.of(text);
    }
}
