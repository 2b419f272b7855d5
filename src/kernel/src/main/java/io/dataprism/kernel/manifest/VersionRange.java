package io.dataprism.kernel.manifest;

import io.dataprism.api.PluginException;
import java.util.Optional;
import org.semver4j.range.RangeList;
import org.semver4j.range.RangeListFactory;

/**
 * Which versions will do, written as npm writes it: {@code ^1.2}, {@code ~1.2.3}, {@code >=1.2 <3}, {@code 1.x || 2.x}, {@code *}. A
 * pre-release satisfies a range only where the range names a pre-release of the same version.
 */
public final class VersionRange {
    /** Every version. */
    public static final VersionRange ANY = of("*");

    private final String text;
    private final RangeList ranges;

    private VersionRange(String text, RangeList ranges) {
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
                .orElseThrow(() -> new PluginException(
                        "DP-0216",
                        "Version range '" + PluginException.excerpt(text)
                                + "' can't be read: expected a range such as ^1.2.0, ~1.2.3, '>=1.2 <3' or *."));
    }

    public static Optional<VersionRange> parse(String text) {
        return Optional.of(new VersionRange(text, RangeListFactory.create(text)));
    }

    /** Exactly this version. */
    public static VersionRange exactly(Version version) {
        return of("=" + version.semver().withClearedBuild());
    }

    public boolean includes(Version version) {
        return ranges.isSatisfiedBy(version.semver());
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
