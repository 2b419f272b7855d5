package io.dataprism.kernel.admission;

import io.dataprism.kernel.options.OptionReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@link AdmissionOptions} from JSON, with everything that is wrong at once. */
public final class AdmissionJson {
    private static final Duration LONGEST = Duration.ofDays(3650);

    private AdmissionJson() {}

    /** What the section says, defaults for what it does not; keys are the components' names, save {@code accept} and {@code block}. */
    public static AdmissionOptions read(OptionReader reader) {
        AdmissionOptions read = new AdmissionOptions(
                fingerprints(reader, "trustedSigners"),
                fingerprints(reader, "timestampers"),
                unsigned(reader),
                untrusted(reader),
                accepted(reader.sections("accept")),
                patterns(reader),
                reader.optionalText("advisories").map(Path::of),
                vulnerable(reader),
                reader.duration("minimumAge", Duration.ZERO, Duration.ZERO, LONGEST));
        reader.refuseUnknown();
        return read;
    }

    private static Set<String> fingerprints(OptionReader reader, String key) {
        Set<String> all = new HashSet<>();
        for (String text : reader.texts(key)) {
            Optional<String> hex = ArtifactPattern.hex(text);
            hex.ifPresentOrElse(
                    all::add,
                    () -> reader.problem(
                            key,
                            "must be SHA-256 fingerprints of certificates, 64 hexadecimal digits each, but has '" + text
                                    + "'."));
        }
        return all;
    }

    private static Unsigned unsigned(OptionReader reader) {
        String text = reader.text("unsigned", Unsigned.ALLOW.label());
        for (Unsigned one : Unsigned.values()) {
            if (one.label().equals(text)) {
                return one;
            }
        }
        reader.problem("unsigned", "must be allow, ask or refuse, but is '" + text + "'.");
        return Unsigned.REFUSE;
    }

    private static Untrusted untrusted(OptionReader reader) {
        String text = reader.text("untrusted", Untrusted.REFUSE.label());
        for (Untrusted one : Untrusted.values()) {
            if (one.label().equals(text)) {
                return one;
            }
        }
        reader.problem("untrusted", "must be refuse or allow, but is '" + text + "'.");
        return Untrusted.REFUSE;
    }

    private static Vulnerable vulnerable(OptionReader reader) {
        String text = reader.text("vulnerable", Vulnerable.WARN.label());
        for (Vulnerable one : Vulnerable.values()) {
            if (one.label().equals(text)) {
                return one;
            }
        }
        reader.problem("vulnerable", "must be warn or refuse, but is '" + text + "'.");
        return Vulnerable.REFUSE;
    }

    private static List<Acceptance> accepted(List<OptionReader> sections) {
        List<Acceptance> all = new ArrayList<>();
        for (OptionReader section : sections) {
            Optional<ArtifactPattern> artifact = pattern(section, "artifact", section.text("artifact", ""));
            Set<String> findings = new TreeSet<>(section.texts("findings"));
            if (findings.isEmpty() || !Acceptance.POSSIBLE.containsAll(findings)) {
                section.problem(
                        "findings",
                        "must be codes out of " + Acceptance.possible() + ", but is " + findings
                                + "; nothing else is accepted.");
            }
            String reason = section.optionalText("reason").orElse("");
            section.refuseUnknown();
            artifact.ifPresent(known -> all.add(new Acceptance(known, findings, reason)));
        }
        return all;
    }

    private static List<ArtifactPattern> patterns(OptionReader reader) {
        List<ArtifactPattern> all = new ArrayList<>();
        reader.texts("block").forEach(text -> pattern(reader, "block", text).ifPresent(all::add));
        return all;
    }

    private static Optional<ArtifactPattern> pattern(OptionReader reader, String key, String text) {
        Optional<ArtifactPattern> pattern = ArtifactPattern.parse(text);
        if (pattern.isEmpty()) {
            reader.problem(key, "must be " + ArtifactPattern.EXPECTED + ", but is '" + text + "'.");
        }
        return pattern;
    }
}
