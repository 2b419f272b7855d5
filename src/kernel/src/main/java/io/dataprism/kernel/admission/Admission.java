package io.dataprism.kernel.admission;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.manifest.PluginArtifact;
import io.dataprism.kernel.manifest.PluginKey;
import io.dataprism.sandbox.scan.Objection;
import io.dataprism.sandbox.scan.ScanReport;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Holds artifacts against the policy, which may be replaced at any time. Safe to use from any thread; {@link #judge} and {@link #verdict} block, and for
 * seconds where a large artifact is scanned for the first time.
 */
public final class Admission {
    private static final int MOST_TOLD = 10;

    private final Clock clock;
    private final Verdicts verdicts = new Verdicts();
    private final KnownAdvisories advisories = new KnownAdvisories();
    private volatile AdmissionOptions policy;

    public Admission(AdmissionOptions policy) {
        this(policy, Clock.systemUTC());
    }

    Admission(AdmissionOptions policy, Clock clock) {
        this.policy = policy;
        this.clock = clock;
    }

    /** The policy in force. */
    public AdmissionOptions policy() {
        return policy;
    }

    /** Judge by {@code next} from now on. */
    public void policy(AdmissionOptions next) {
        policy = next;
    }

    /**
     * What the scan found in an artifact, now or before.
     *
     * @throws IOException where it can't be read
     */
    public ScanReport verdict(PluginArtifact artifact) throws IOException {
        return verdicts.of(artifact);
    }

    /**
     * Hold an artifact against the policy. What is blocked is not looked at any further.
     *
     * @throws IOException where it can't be read
     */
    public Judged judge(Candidate candidate) throws IOException {
        AdmissionOptions by = policy;
        PluginArtifact artifact = candidate.artifact();
        Signatures signatures = JarSignatures.of(artifact.file());
        Optional<Refusal> blocked =
                blocked(by, artifact.manifest().key(), artifact.sha256(), signatures.fingerprints());
        if (blocked.isPresent()) {
            return new Judged(
                    signatures, false, Optional.empty(), Bom.NONE, List.of(), List.of(blocked.get()), List.of());
        }
        List<Refusal> refusals = new ArrayList<>();
        List<Refusal> remarks = new ArrayList<>();
        boolean trusted = signed(by, candidate, signatures, refusals, remarks);
        Optional<ScanReport> scan = candidate.shipped() ? Optional.empty() : Optional.of(verdicts.of(artifact));
        scan.ifPresent(report -> objections(by, candidate, signatures, report, refusals, remarks));
        Bom bom = Bom.of(artifact.file());
        bom.problems()
                .forEach(problem -> remarks.add(new Refusal(
                        "DP-0942",
                        "Its bill of materials is not whole: " + problem
                                + ". What it holds may be more than is told.")));
        List<Vulnerability> known = known(by, bom, refusals, remarks);
        young(by, candidate, refusals);
        return new Judged(signatures, trusted, scan, bom, known, refusals, remarks);
    }

    /** What is known of what an artifact says it holds, by the policy's advisories; nothing where it names none. Blocks. */
    public List<Vulnerability> known(Bom bom) {
        return policy.advisories()
                .map(place -> advisories.at(place).of(bom.components()))
                .orElse(List.of());
    }

    private List<Vulnerability> known(AdmissionOptions by, Bom bom, List<Refusal> refusals, List<Refusal> remarks) {
        if (by.advisories().isEmpty()) {
            return List.of();
        }
        List<Refusal> to = by.vulnerable() == Vulnerable.REFUSE ? refusals : remarks;
        try {
            List<Vulnerability> known = advisories.at(by.advisories().get()).of(bom.components());
            if (!known.isEmpty()) {
                to.add(new Refusal(
                        "DP-0941",
                        "It says that it holds "
                                + (known.size() == 1 ? "a library" : "libraries")
                                + " with known weaknesses: "
                                + known.stream()
                                        .limit(MOST_TOLD)
                                        .map(one -> System.lineSeparator() + "  " + one)
                                        .collect(Collectors.joining())
                                + (known.size() > MOST_TOLD
                                        ? System.lineSeparator() + "  and " + (known.size() - MOST_TOLD) + " more"
                                        : "")
                                + System.lineSeparator() + "  Build it with mended versions."));
            }
            return known;
        } catch (PluginException unreadable) {
            to.add(new Refusal(unreadable.code(), String.valueOf(unreadable.getMessage())));
            return List.of();
        }
    }

    /** Whoever named its very bytes has looked at it. */
    private void young(AdmissionOptions by, Candidate candidate, List<Refusal> refusals) {
        if (by.minimumAge().isZero() || candidate.confirmed() || candidate.shipped()) {
            return;
        }
        candidate.published().ifPresent(published -> {
            Duration age = Duration.between(published, clock.instant());
            if (age.compareTo(by.minimumAge()) < 0) {
                refusals.add(new Refusal(
                        "DP-0928",
                        "It is too young: its repository has it since " + published + ", and 'minimum-age' is "
                                + by.minimumAge().toHours() + " h. Wait until "
                                + published.plus(by.minimumAge())
                                + ", or install it with --sha256 "
                                + candidate.artifact().sha256()
                                + " if you have looked at it."));
            }
        });
    }

    /** Whether somebody who is trusted signed it; else what the policy says of that. */
    private boolean signed(
            AdmissionOptions by,
            Candidate candidate,
            Signatures signatures,
            List<Refusal> refusals,
            List<Refusal> remarks) {
        signatures
                .broken()
                .forEach(
                        broken -> refusals.add(
                                new Refusal(
                                        "DP-0935",
                                        "Its signature is broken: " + broken
                                                + ". Expected one signature over all of it. Don't use this file unless its author says why; have it signed again.")));
        Instant now = clock.instant();
        boolean trusted = false;
        for (Signer signer : signatures.signers()) {
            Optional<String> invalid = signer.invalid(now, by.timestampers());
            invalid.ifPresent(why -> remarks.add(new Refusal(
                    "DP-0938",
                    "The certificate of signer " + signer.subject() + " (" + signer.fingerprint() + ") does not count: "
                            + why + ". Have it signed again.")));
            trusted |= invalid.isEmpty() && by.trustedSigners().contains(signer.fingerprint());
        }
        if (!trusted && !candidate.shipped() && signatures.broken().isEmpty()) {
            untrusted(by, candidate, signatures, refusals);
        }
        return trusted;
    }

    private static void untrusted(
            AdmissionOptions by, Candidate candidate, Signatures signatures, List<Refusal> refusals) {
        String found = signatures.signers().isEmpty()
                ? "It is not signed"
                : "It is signed by "
                        + signatures.signers().stream()
                                .map(signer -> signer.subject() + " (signer:" + signer.fingerprint() + ")")
                                .collect(Collectors.joining(", "))
                        + ", none of whom is trusted with a certificate that counts";
        String hash = candidate.artifact().sha256();
        if (by.unsigned() == Unsigned.REFUSE) {
            refusals.add(
                    new Refusal(
                            "DP-0936",
                            found
                                    + ": expected a signature of one of 'trusted-signers' in the section 'admission'. Have it signed, or trust who signed it."));
        } else if (by.unsigned() == Unsigned.ASK && !candidate.confirmed()) {
            refusals.add(new Refusal(
                    "DP-0937",
                    found + ", so that somebody must agree to it: its SHA-256 is " + hash
                            + ". If that is what you mean to run, install it with --sha256 " + hash
                            + ", or name it as 'sha256' in the plugin's section."));
        }
    }

    private static void objections(
            AdmissionOptions by,
            Candidate candidate,
            Signatures signatures,
            ScanReport report,
            List<Refusal> refusals,
            List<Refusal> remarks) {
        PluginKey key = candidate.artifact().manifest().key();
        List<Objection> refusing = new ArrayList<>();
        for (Objection objection : report.objections()) {
            boolean accepted = by.accepted().stream()
                    .anyMatch(acceptance -> acceptance.findings().contains(objection.code())
                            && acceptance
                                    .artifacts()
                                    .matches(key, candidate.artifact().sha256(), signatures.fingerprints()));
            if (objection.refuses() && !accepted) {
                refusing.add(objection);
            } else {
                remarks.add(new Refusal(objection.code(), told(objection) + (accepted ? " (accepted)" : "")));
            }
        }
        if (!refusing.isEmpty()) {
            refusals.add(new Refusal("DP-0939", told(refusing, candidate)));
        }
    }

    private static String told(List<Objection> refusing, Candidate candidate) {
        String found = refusing.stream()
                .limit(MOST_TOLD)
                .map(objection -> System.lineSeparator() + "  " + objection.code() + " " + told(objection))
                .collect(Collectors.joining());
        String more = refusing.size() > MOST_TOLD
                ? System.lineSeparator() + "  and " + (refusing.size() - MOST_TOLD) + " more"
                : "";
        List<String> acceptable = refusing.stream()
                .map(Objection::code)
                .filter(Acceptance.POSSIBLE::contains)
                .distinct()
                .sorted()
                .toList();
        String remedy = acceptable.isEmpty()
                ? "No policy accepts that."
                : "If you trust it with that, accept it in the section 'admission':  accept: [{artifact: \"sha256:"
                        + candidate.artifact().sha256() + "\", findings: [" + String.join(", ", acceptable) + "]}]";
        return "The scan objects to " + refusing.size() + (refusing.size() == 1 ? " thing:" : " things:") + found + more
                + System.lineSeparator() + "  " + remedy;
    }

    private static String told(Objection objection) {
        return (objection.file().isEmpty() ? "" : PluginException.excerpt(objection.file()) + ": ")
                + objection.message();
    }

    /**
     * Why an installed artifact may not run; empty where it may. Does not block.
     *
     * @param signers who signed all of it
     * @param shipped whether it comes with the program
     * @param installed when it was: a certificate that ended since counts all the same
     */
    public Optional<Refusal> barred(
            PluginKey key, String sha256, List<Signer> signers, boolean shipped, Instant installed) {
        AdmissionOptions by = policy;
        Optional<Refusal> blocked = blocked(
                by, key, sha256, signers.stream().map(Signer::fingerprint).toList());
        if (blocked.isPresent() || shipped || by.unsigned() != Unsigned.REFUSE) {
            return blocked;
        }
        return trusted(by, signers, installed).isPresent()
                ? Optional.empty()
                : Optional.of(
                        new Refusal(
                                "DP-0936",
                                "No signer whom the policy trusts signed it: expected one of 'trusted-signers' in the section 'admission'. Trust who signed it, or remove it."));
    }

    private static Optional<Signer> trusted(AdmissionOptions by, List<Signer> signers, Instant installed) {
        return signers.stream()
                .filter(signer -> by.trustedSigners().contains(signer.fingerprint())
                        && signer.invalid(installed, by.timestampers()).isEmpty())
                .findFirst();
    }

    /**
     * Who of those whom the policy trusts vouches for an installed artifact, in words; empty where nobody does. Does not block.
     *
     * @param signers who signed all of it
     * @param shipped whether it comes with the program
     * @param named whether somebody named its very bytes, by their SHA-256
     * @param installed when it was: a certificate that ended since counts all the same
     */
    public Optional<String> voucher(List<Signer> signers, boolean shipped, boolean named, Instant installed) {
        if (shipped) {
            return Optional.of("it comes with the program");
        }
        return trusted(policy, signers, installed)
                .map(signer -> "signed by " + signer.subject() + ", who is trusted")
                .or(() -> named ? Optional.of("its SHA-256 is named") : Optional.empty());
    }

    private static Optional<Refusal> blocked(
            AdmissionOptions by, PluginKey key, String sha256, Collection<String> signers) {
        return by.blocked().stream()
                .filter(pattern -> pattern.matches(key, sha256, signers))
                .findFirst()
                .map(pattern -> new Refusal(
                        "DP-0940",
                        "It is blocked: the section 'admission' names '" + pattern
                                + "' under 'block'. Use another version, or take it off that list."));
    }
}
