package io.dataprism.kernel.admission;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.manifest.PluginKey;
import io.dataprism.kernel.manifest.VersionRange;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which artifacts are meant: {@code sha256:<hex>} by their bytes, {@code signer:<hex>} by who signed all of them, {@code <id>} or {@code <id>@<range>} by
 * what their manifest says. Anybody can write a manifest: an id tells nothing of where an artifact is from.
 */
public sealed interface ArtifactPattern {
    /** What each of them is, for messages. */
    String EXPECTED = "sha256:<64 hexadecimal digits>, signer:<the same> or a plugin's id, perhaps with @<versions>";

    /** By the artifact's SHA-256, in lower-case hex. */
    record OfHash(String sha256) implements ArtifactPattern {
        @Override
        public boolean matches(PluginKey key, String found, Collection<String> signers) {
            return found.equals(sha256);
        }

        @Override
        public String toString() {
            return HASH + sha256;
        }
    }

    /** By the SHA-256 of a signer's certificate, in lower-case hex. */
    record OfSigner(String fingerprint) implements ArtifactPattern {
        @Override
        public boolean matches(PluginKey key, String sha256, Collection<String> signers) {
            return signers.contains(fingerprint);
        }

        @Override
        public String toString() {
            return SIGNER + fingerprint;
        }
    }

    /** By id and versions. */
    record OfVersions(PluginId id, VersionRange versions) implements ArtifactPattern {
        @Override
        public boolean matches(PluginKey key, String sha256, Collection<String> signers) {
            return key.id().equals(id) && (versions.equals(VersionRange.ANY) || versions.includes(key.version()));
        }

        @Override
        public String toString() {
            return versions.equals(VersionRange.ANY) ? id.value() : id + "@" + versions;
        }
    }

    /** How a hash begins as text. */
    String HASH = "sha256:";

    /** How a signer begins as text. */
    String SIGNER = "signer:";

    /**
     * Whether an artifact is one of them.
     *
     * @param sha256 of its bytes
     * @param signers the fingerprints of those who signed all of it
     */
    boolean matches(PluginKey key, String sha256, Collection<String> signers);

    /**
     * A pattern as text; empty where it is none.
     */
    static Optional<ArtifactPattern> parse(String text) {
        if (text.startsWith(HASH)) {
            return hex(text.substring(HASH.length())).map(OfHash::new);
        }
        if (text.startsWith(SIGNER)) {
            return hex(text.substring(SIGNER.length())).map(OfSigner::new);
        }
        int at = text.indexOf('@');
        String id = at < 0 ? text : text.substring(0, at);
        if (!PluginId.isValid(id)) {
            return Optional.empty();
        }
        return (at < 0 ? Optional.of(VersionRange.ANY) : VersionRange.parse(text.substring(at + 1)))
                .map(versions -> new OfVersions(new PluginId(id), versions));
    }

    /**
     * As {@link #parse}.
     *
     * @throws PluginException {@code DP-0944} where it is none
     */
    static ArtifactPattern of(String text) {
        return parse(text)
                .orElseThrow(() -> new PluginException(
                        "DP-0944",
                        "'" + PluginException.excerpt(text) + "' names no artifacts: expected " + EXPECTED
                                + ". Correct it in the section 'admission'."));
    }

    /** A SHA-256 in lower-case hex, which may be written with colons between its bytes, as certificates' are; empty where it is none. */
    static Optional<String> hex(String text) {
        String hex = text.strip().replace(":", "").toLowerCase(Locale.ROOT);
        return Hex.SHA256.matcher(hex).matches() ? Optional.of(hex) : Optional.empty();
    }

    /** What a SHA-256 looks like. */
    final class Hex {
        private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

        private Hex() {}
    }
}
