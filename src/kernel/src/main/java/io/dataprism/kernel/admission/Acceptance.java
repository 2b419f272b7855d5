package io.dataprism.kernel.admission;

import java.util.Set;
import java.util.TreeSet;

/**
 * What is accepted of certain artifacts though the scan objects to it.
 *
 * @param artifacts whose
 * @param findings the codes of the objections, out of {@link #POSSIBLE}
 * @param reason why, in its author's words; may be empty
 */
public record Acceptance(ArtifactPattern artifacts, Set<String> findings, String reason) {
    /** Native code, agents and openings, more than is looked at. What damages or deceives is never accepted. */
    public static final Set<String> POSSIBLE = Set.of("DP-0271", "DP-0273", "DP-0275");

    public Acceptance {
        findings = Set.copyOf(findings);
    }

    /** Those of {@link #POSSIBLE} in order, for messages. */
    public static String possible() {
        return String.join(", ", new TreeSet<>(POSSIBLE));
    }
}
