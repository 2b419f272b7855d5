package io.dataprism.kernel.admission;

import java.util.List;
import java.util.Set;

/**
 * The policy by which artifacts are admitted. Immutable; each {@code with…} answers a changed one.
 *
 * @param trustedSigners the SHA-256 fingerprints of the certificates that are trusted to sign, in lower-case hex: the signers' own, not those that
 *     vouch for them
 * @param timestampers the same of those whose word counts for when something was signed, without which a signature ends with its certificate
 * @param unsigned what becomes of what none of them signed
 * @param accepted what is accepted though the scan objects
 * @param blocked what may neither be installed nor run
 */
public record AdmissionOptions(
        Set<String> trustedSigners,
        Set<String> timestampers,
        Unsigned unsigned,
        List<Acceptance> accepted,
        List<ArtifactPattern> blocked) {

    /** Nobody's signature is asked for, and what the scan objects to is refused. */
    public static final AdmissionOptions DEFAULT =
            new AdmissionOptions(Set.of(), Set.of(), Unsigned.ALLOW, List.of(), List.of());

    public AdmissionOptions {
        trustedSigners = Set.copyOf(trustedSigners);
        timestampers = Set.copyOf(timestampers);
        accepted = List.copyOf(accepted);
        blocked = List.copyOf(blocked);
    }

    /** With these signers trusted, and this done with what none of them signed. */
    public AdmissionOptions withSigners(Set<String> fingerprints, Unsigned others) {
        return new AdmissionOptions(fingerprints, timestampers, others, accepted, blocked);
    }

    public AdmissionOptions withTimestampers(Set<String> fingerprints) {
        return new AdmissionOptions(trustedSigners, fingerprints, unsigned, accepted, blocked);
    }

    public AdmissionOptions withAccepted(List<Acceptance> all) {
        return new AdmissionOptions(trustedSigners, timestampers, unsigned, all, blocked);
    }

    public AdmissionOptions withBlocked(List<ArtifactPattern> all) {
        return new AdmissionOptions(trustedSigners, timestampers, unsigned, accepted, all);
    }
}
