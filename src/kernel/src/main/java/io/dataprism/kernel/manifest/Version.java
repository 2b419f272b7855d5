package io.dataprism.kernel.manifest;

import io.dataprism.api.PluginException;
import java.util.Objects;
import java.util.Optional;
import org.semver4j.Semver;

/** A semantic version (2.0.0 of that specification). Order and equality leave build metadata out. */
public final class Version implements Comparable<Version> {
    private static final int LONGEST = 64;

    private final String text;
    private final Semver semver;

    private Version(String text) {
        this.text = text;
        this.semver = new Semver(text).withClearedBuild();
    }

    /**
     * The version that {@code text} writes.
     *
     * @throws PluginException {@code DP-0216} when it writes none
     */
    public static Version of(String text) {
        return parse(text)
                .orElseThrow(() -> new PluginException(
                        "DP-0216",
                        "Version '" + PluginException.excerpt(text)
                                + "' is not a semantic version: expected MAJOR.MINOR.PATCH, such as '1.10.0'."));
    }

    public static Optional<Version> parse(String text) {
        boolean strict = !text.isEmpty() && text.length() <= LONGEST && Character.isDigit(text.charAt(0));
        return strict && Semver.isValid(text) ? Optional.of(new Version(text)) : Optional.empty();
    }

    public boolean isPreRelease() {
        return !semver.getPreRelease().isEmpty();
    }

    /** Whether {@code newer} promises to keep what this one does: the same major version, or before 1.0.0 the same minor one. */
    public boolean isCompatibleWith(Version newer) {
        return semver.getMajor() == newer.semver.getMajor()
                && (semver.getMajor() > 0 || semver.getMinor() == newer.semver.getMinor());
    }

    Semver semver() {
        return semver;
    }

    @Override
    public int compareTo(Version other) {
        return semver.compareTo(other.semver);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Version version && compareTo(version) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(semver.getMajor(), semver.getMinor(), semver.getPatch(), semver.getPreRelease());
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
