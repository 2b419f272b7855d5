package io.dataprism.kernel.manifest;

import io.dataprism.api.PluginException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.semver4j.range.RangeList;
import org.semver4j.range.RangeListFactory;

/**
 * Which versions will do, written as npm writes it: {@code ^1.2}, {@code ~1.2.3}, {@code >=1.2 <3}, {@code 1.x || 2.x}, {@code *}. A
 * pre-release satisfies a range only where the range names a pre-release of the same version; {@code *} includes them all.
 */
public final class VersionRange {
    private static final int LONGEST = 200;
    private static final String PARTIAL =
            "(?:[xX*]|\\d{1,9})(?:\\.(?:[xX*]|\\d{1,9})){0,2}(?:-[0-9A-Za-z.-]+)?(?:\\+[0-9A-Za-z.-]+)?";
    private static final String COMPARATOR = "(?:[~^]|[<>]=?|=)?\\s*" + PARTIAL;
    private static final String ALTERNATIVE =
            "\\s*(?:" + PARTIAL + "\\s+-\\s+" + PARTIAL + "|" + COMPARATOR + "(?:\\s+" + COMPARATOR + ")*+)\\s*";
    /** Stricter than the library, which takes what it doesn't understand for something else. */
    private static final Pattern FORM = Pattern.compile(ALTERNATIVE + "(?:\\|\\|" + ALTERNATIVE + ")*+");

    /** Every version. */
    public static final VersionRange ANY = new VersionRange("*", Optional.empty());

    private final String text;
    /** Empty where every version will do. */
    private final Optional<RangeList> ranges;

    private VersionRange(String text, Optional<RangeList> ranges) {
        this.text = text;
        this.ranges = ranges;
    }

    /**
     * The range that {@code text} writes.
     *
     * @throws PluginException {@code DP-0216} when it writes none
     */
    public static VersionRange of(String text) {
        return parse(text)
                .orElseThrow(
                        () -> new PluginException(
                                "DP-0216",
                                "Version range '" + PluginException.excerpt(text)
                                        + "' can't be read: expected a range as npm writes it, such as '^1.2.0' or '>=1.2 <3' or '*'."));
    }

    public static Optional<VersionRange> parse(String text) {
        if (text.strip().equals(ANY.text)) {
            return Optional.of(ANY);
        }
        if (text.length() > LONGEST || !FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        RangeList ranges = RangeListFactory.create(text.strip());
        return ranges.get().isEmpty()
                ? Optional.empty()
                : Optional.of(new VersionRange(text.strip(), Optional.of(ranges)));
    }

    /** Exactly this version. */
    public static VersionRange exactly(Version version) {
        return of("=" + version.semver());
    }

    public boolean includes(Version version) {
        return ranges.isEmpty() || ranges.get().isSatisfiedBy(version.semver());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VersionRange range && text.equals(range.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
