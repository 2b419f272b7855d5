package io.dataprism.app.review;

import io.dataprism.kernel.manifest.RequestedPermission;
import io.dataprism.sandbox.scan.Finding;
import io.dataprism.sandbox.scan.Place;
import java.util.List;

/**
 * One permission of a review; of files, properties and the clipboard reading and writing apart.
 *
 * @param permission {@code file-access:read}, {@code threads}; empty for what no permission gives
 * @param meaning what it lets a plugin do, or why no permission gives it
 * @param requests what the manifest asks for of it
 * @param asked whether those cover everything that was found
 */
public record ReviewLine(
        String permission, String meaning, List<RequestedPermission> requests, boolean asked, List<Finding> findings) {
    public ReviewLine {
        requests = List.copyOf(requests);
        findings = List.copyOf(findings);
    }

    /** How often it was found. */
    public int count() {
        return findings.stream().mapToInt(Finding::count).sum();
    }

    /** Where it was found first. */
    public Place first() {
        return findings.get(0).places().get(0);
    }
}
