package io.dataprism.kernel.manifest;

import io.dataprism.api.PluginException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.semver4j.Semver;

/** A semantic version (2.0.0 of that specification). Order and equality leave build metadata out. */
public final class Version implements Comparable<Version> {
    private static final int LONGEST = 64;
    private static final String NUMBER = "(0|[1-9]\\d{0,8})";
    private static final String WORD = "(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)";
    private static final String BUILD = "[0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*";
    private static final Pattern FORM = Pattern.compile(
            NUMBER + "\\." + NUMBER + "\\." + NUMBER + "(?:-(" + WORD + "(?:\\." + WORD + ")*))?(?:\\+" + BUILD + ")?");

    private final String text;
    private final int major;
    private final int minor;
    private final int patch;
    private final List<String> preRelease;
    private volatile @Nullable Semver semver;

    private Version(String text, Matcher parts) {
        this.text = text;
        this.major = Integer.parseInt(parts.group(1));
        this.minor = Integer.parseInt(parts.group(2));
        this.patch = Integer.parseInt(parts.group(3));
        this.preRelease =
                parts.group(4) == null ? List.of() : List.of(parts.group(4).split("\\."));
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
        Matcher parts = FORM.matcher(text);
        return text.length() <= LONGEST && parts.matches() ? Optional.of(new Version(text, parts)) : Optional.empty();
    }

    public boolean isPreRelease() {
        return !preRelease.isEmpty();
    }

    /** Whether {@code newer} promises to keep what this one does: the same major version, or before 1.0.0 the same minor one. */
    public boolean isCompatibleWith(Version newer) {
        return major == newer.major && (major > 0 || minor == newer.minor);
    }

    /** For the library that knows ranges; made when one is asked, since the library's own start takes longer than most uses of a version. */
    Semver semver() {
        Semver made = semver;
        if (made == null) {
            made = new Semver(text).withClearedBuild();
            semver = made;
        }
        return made;
    }

    @Override
    public int compareTo(Version other) {
        int numbers = major != other.major
                ? Integer.compare(major, other.major)
                : minor != other.minor ? Integer.compare(minor, other.minor) : Integer.compare(patch, other.patch);
        return numbers != 0 ? numbers : comparePreReleases(preRelease, other.preRelease);
    }

    /** A pre-release comes before its release, the shorter one before one that goes on. */
    private static int comparePreReleases(List<String> one, List<String> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return Boolean.compare(one.isEmpty(), other.isEmpty());
        }
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int words = compareWords(one.get(i), other.get(i));
            if (words != 0) {
                return words;
            }
        }
        return Integer.compare(one.size(), other.size());
    }

    /** Numbers by what they count, however long, and before words. */
    private static int compareWords(String one, String other) {
        boolean number = isNumber(one);
        if (number != isNumber(other)) {
            return number ? -1 : 1;
        }
        return number && one.length() != other.length()
                ? Integer.compare(one.length(), other.length())
                : one.compareTo(other);
    }

    private static boolean isNumber(String word) {
        return word.chars().allMatch(letter -> letter >= '0' && letter <= '9');
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Version version && compareTo(version) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(major, minor, patch, preRelease);
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
