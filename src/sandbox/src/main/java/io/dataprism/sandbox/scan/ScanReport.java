package io.dataprism.sandbox.scan;

import java.util.List;

/**
 * What a scan found.
 *
 * @param findings in the order of their permissions
 * @param objections in the order in which they were found
 * @param classes how many class files were looked at
 * @param jars how many jars, the artifact's own included
 * @param bytes of class files
 */
public record ScanReport(List<Finding> findings, List<Objection> objections, int classes, int jars, long bytes) {
    public ScanReport {
        findings = List.copyOf(findings);
        objections = List.copyOf(objections);
    }

    /** Whether something stands in the way of installing it. */
    public boolean refused() {
        return objections.stream().anyMatch(Objection::refuses);
    }
}
