package io.dataprism.app.review;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.manifest.PluginArtifact;
import io.dataprism.kernel.manifest.PluginManifest;
import io.dataprism.kernel.manifest.Problem;
import io.dataprism.kernel.manifest.Problem.Severity;
import io.dataprism.kernel.manifest.RequestedPermission;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.sandbox.rules.RuleTable;
import io.dataprism.sandbox.scan.ArtifactScan;
import io.dataprism.sandbox.scan.Finding;
import io.dataprism.sandbox.scan.ScanReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an artifact's manifest asks for, beside what was found in its classes.
 *
 * @param file as the user named it
 */
public record Review(String file, String sha256, PluginManifest manifest, ScanReport scan) {
    private static final Set<String> ACCESSES = Set.of("read", "write");

    /** Scan {@code artifact}. Blocks. */
    public static Review of(Path named, PluginArtifact artifact) throws IOException {
        ScanReport scan =
                ArtifactScan.scan(artifact.file(), artifact.libraries(), artifact.nativeLibraries()::contains);
        return new Review(named.toString(), artifact.sha256(), artifact.manifest(), scan);
    }

    /** What was found, a line for each permission; what no permission gives comes last. */
    public List<ReviewLine> lines() {
        Map<String, List<Finding>> groups = new LinkedHashMap<>();
        for (Finding finding : scan.findings()) {
            groups.computeIfAbsent(group(finding), group -> new ArrayList<>()).add(finding);
        }
        List<ReviewLine> lines = new ArrayList<>();
        groups.forEach((permission, findings) -> lines.add(line(permission, findings)));
        lines.sort(Comparator.comparing((ReviewLine line) -> line.permission().isEmpty())
                .thenComparing(ReviewLine::permission));
        return lines;
    }

    /** The permission's name, with what it does where that is one of two. */
    private static String group(Finding finding) {
        String scope = finding.scope();
        int colon = scope.indexOf(':');
        String access = colon < 0 ? scope : scope.substring(0, colon);
        return ACCESSES.contains(access) ? finding.permission() + ":" + access : finding.permission();
    }

    private ReviewLine line(String permission, List<Finding> findings) {
        if (permission.isEmpty()) {
            return new ReviewLine("", "no permission gives it", List.of(), false, findings);
        }
        String name = findings.get(0).permission();
        List<RequestedPermission> requests = manifest.permissions().stream()
                .filter(request -> request.name().equals(name) && mayCover(request, permission))
                .toList();
        boolean asked = findings.stream()
                .allMatch(finding -> requests.stream().anyMatch(request -> covers(request.permission(), finding)));
        return new ReviewLine(permission, RuleTable.standard().meaning(name), requests, asked, findings);
    }

    /** Whether a request is about that access; one without a scope is about each. */
    private static boolean mayCover(RequestedPermission request, String group) {
        int colon = group.indexOf(':');
        String scope = scope(request.permission());
        return colon < 0 || scope.isEmpty() || scope.startsWith("*") || scope.startsWith(group.substring(colon + 1));
    }

    /** Whether a request may be meant for a finding: surely where its scope is known, by its name else. */
    private static boolean covers(String requested, Finding finding) {
        if (!finding.whole() || finding.scope().isEmpty() || scope(requested).isEmpty()) {
            return true;
        }
        try {
            return Permission.parse(requested).covers(Permission.parse(finding.wanted()));
        } catch (PluginException e) {
            return true; // a target that is no scope as people write it, so that its name must do
        }
    }

    private static String scope(String permission) {
        int colon = permission.indexOf(':');
        return colon < 0 ? "" : permission.substring(colon + 1);
    }

    /** Whether something was found that is not asked for, or that no permission gives. */
    public boolean exceedsItsRequests() {
        return lines().stream().anyMatch(line -> !line.asked());
    }

    /** What speaks against the artifact, and what was found that is not asked for. */
    public List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        scan.objections()
                .forEach(objection -> problems.add(new Problem(
                        objection.refuses() ? Severity.ERROR : Severity.WARNING,
                        objection.code(),
                        objection.file().isEmpty() ? file : file + "!/" + objection.file(),
                        0,
                        0,
                        objection.message())));
        lines().stream().filter(line -> !line.asked()).map(this::problem).forEach(problems::add);
        return problems;
    }

    private Problem problem(ReviewLine line) {
        String found = places(line) + ", first in " + line.first();
        String message = line.permission().isEmpty()
                ? "Its code reaches for what no permission gives ("
                        + line.findings().get(0).uses() + "; " + found + "). Do without it."
                : "Its code takes '" + line.permission() + "' (" + found + "), and the manifest "
                        + (line.requests().isEmpty()
                                ? "does not ask for it"
                                : "does not ask for all of it: " + String.join(", ", uncovered(line)))
                        + ". Ask for it under 'permissions' with a reason, or do without it.";
        return new Problem(Severity.WARNING, line.permission().isEmpty() ? "DP-0278" : "DP-0277", file, 0, 0, message);
    }

    private static List<String> uncovered(ReviewLine line) {
        return line.findings().stream()
                .filter(finding -> line.requests().stream().noneMatch(request -> covers(request.permission(), finding)))
                .map(Finding::wanted)
                .distinct()
                .limit(3)
                .toList();
    }

    static String places(ReviewLine line) {
        return line.count() + (line.count() == 1 ? " place" : " places");
    }
}
