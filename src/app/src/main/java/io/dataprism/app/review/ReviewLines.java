package io.dataprism.app.review;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.manifest.RequestedPermission;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.sandbox.rules.RuleTable;
import io.dataprism.sandbox.scan.Finding;
import io.dataprism.sandbox.scan.ScanReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts what a scan found beside what a manifest asks for. */
public final class ReviewLines {
    private static final Set<String> ACCESSES = Set.of("read", "write");

    private ReviewLines() {}

    /** What was found, a line for each permission; what no permission gives comes last. */
    public static List<ReviewLine> of(List<RequestedPermission> asked, ScanReport scan) {
        Map<String, List<Finding>> groups = new LinkedHashMap<>();
        for (Finding finding : scan.findings()) {
            groups.computeIfAbsent(group(finding), group -> new ArrayList<>()).add(finding);
        }
        List<ReviewLine> lines = new ArrayList<>();
        groups.forEach((permission, findings) -> lines.add(line(asked, permission, findings)));
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

    private static ReviewLine line(List<RequestedPermission> asks, String permission, List<Finding> findings) {
        if (permission.isEmpty()) {
            return new ReviewLine("", "no permission gives it", List.of(), false, findings);
        }
        String name = findings.get(0).permission();
        List<RequestedPermission> requests = asks.stream()
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

    /** Whether a request may be meant for a finding, of whatever permission it is. */
    public static boolean mayMean(RequestedPermission request, Finding finding) {
        return request.name().equals(finding.permission()) && covers(request.permission(), finding);
    }

    /** Whether a request may be meant for a finding: surely where its scope is known, by its name else. */
    static boolean covers(String requested, Finding finding) {
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
}
