package io.dataprism.kernel.admission;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The policy by which artifacts are admitted. Immutable; each {@code with…} answers a changed one.
 *
 * @param trustedSigners the SHA-256 fingerprints of the certificates that are trusted to sign, in lower-case hex: the signers' own, not those that
 *     vouch for them
 * @param timestampers the same of those whose word counts for when something was signed, without which a signature ends with its certificate
 * @param unsigned what becomes of what none of them signed
 * @param untrusted what becomes of what nobody vouches for, where the sandbox has one layer only
 * @param accepted what is accepted though the scan objects
 * @param blocked what may neither be installed nor run
 * @param advisories where the known weaknesses of libraries are told, in the OSV format; empty where nobody looks
 * @param vulnerable what becomes of an artifact whose bill of materials names a library with one
 * @param minimumAge how long ago an artifact must have been published, where its repository tells; for what was not pinned by its hash
 */
public record AdmissionOptions(
        Set<String> trustedSigners,
        Set<String> timestampers,
        Unsigned unsigned,
        Untrusted untrusted,
        List<Acceptance> accepted,
        List<ArtifactPattern> blocked,
        Optional<Path> advisories,
        Vulnerable vulnerable,
        Duration minimumAge) {

    /** Nobody's signature is asked for, and what the scan objects to is refused; so is, without the agent, what nobody vouches for. */
    public static final AdmissionOptions DEFAULT = new AdmissionOptions(
            Set.of(),
            Set.of(),
            Unsigned.ALLOW,
            Untrusted.REFUSE,
            List.of(),
            List.of(),
            Optional.empty(),
            Vulnerable.WARN,
            Duration.ZERO);

    public AdmissionOptions {
        trustedSigners = Set.copyOf(trustedSigners);
        timestampers = Set.copyOf(timestampers);
        accepted = List.copyOf(accepted);
        blocked = List.copyOf(blocked);
    }

    /** With these signers trusted, and this done with what none of them signed. */
    public AdmissionOptions withSigners(Set<String> fingerprints, Unsigned others) {
        return new AdmissionOptions(
                fingerprints, timestampers, others, untrusted, accepted, blocked, advisories, vulnerable, minimumAge);
    }

    /** With this done, where the sandbox has one layer only, with what nobody vouches for. */
    public AdmissionOptions withUntrusted(Untrusted others) {
        return new AdmissionOptions(
                trustedSigners, timestampers, unsigned, others, accepted, blocked, advisories, vulnerable, minimumAge);
    }

    public AdmissionOptions withTimestampers(Set<String> fingerprints) {
        return new AdmissionOptions(
                trustedSigners,
                fingerprints,
                unsigned,
                untrusted,
                accepted,
                blocked,
                advisories,
                vulnerable,
                minimumAge);
    }

    public AdmissionOptions withAccepted(List<Acceptance> all) {
        return new AdmissionOptions(
                trustedSigners, timestampers, unsigned, untrusted, all, blocked, advisories, vulnerable, minimumAge);
    }

    public AdmissionOptions withBlocked(List<ArtifactPattern> all) {
        return new AdmissionOptions(
                trustedSigners, timestampers, unsigned, untrusted, accepted, all, advisories, vulnerable, minimumAge);
    }

    /** With known weaknesses looked up there, and this done with what has one. */
    public AdmissionOptions withAdvisories(Path place, Vulnerable known) {
        return new AdmissionOptions(
                trustedSigners,
                timestampers,
                unsigned,
                untrusted,
                accepted,
                blocked,
                Optional.of(place),
                known,
                minimumAge);
    }

    public AdmissionOptions withMinimumAge(Duration age) {
        return new AdmissionOptions(
                trustedSigners, timestampers, unsigned, untrusted, accepted, blocked, advisories, vulnerable, age);
    }
}
