package io.dataprism.kernel.audit;

import io.dataprism.api.PluginException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the audit log is kept.
 *
 * @param heads the file to which the newest hash is told, best on another disk or machine; empty: none
 * @param headsEvery how often, where there are new lines
 * @param keep lines that are older are rotated out
 * @param maxSize bytes of all its files together at most, but for the one that is written to
 */
public record AuditOptions(Optional<Path> heads, Duration headsEvery, Duration keep, long maxSize) {
    /** The smallest {@link #maxSize}. */
    public static final long LEAST_SIZE = 1L << 16;

    /** No heads; a year, 256 MiB. */
    public static final AuditOptions DEFAULT =
            new AuditOptions(Optional.empty(), Duration.ofMinutes(1), Duration.ofDays(365), 256L << 20);

    private static final int FILES = 8;
    private static final long LARGEST_FILE = 8L << 20;

    public AuditOptions {
        require(!headsEvery.isNegative() && !headsEvery.isZero(), "headsEvery", headsEvery, "positive");
        require(!keep.isNegative() && !keep.isZero(), "keep", keep, "positive");
        require(maxSize >= LEAST_SIZE, "maxSize", maxSize, "at least " + LEAST_SIZE + " bytes");
    }

    private static void require(boolean holds, String option, Object found, String expected) {
        if (!holds) {
            throw new PluginException(
                    "DP-0801",
                    "Kernel option 'audit." + option + "' must be " + expected + ", but is '" + found + "'.");
        }
    }

    public AuditOptions withHeads(Path file, Duration every) {
        return new AuditOptions(Optional.of(file), every, keep, maxSize);
    }

    public AuditOptions withLimits(Duration age, long size) {
        return new AuditOptions(heads, headsEvery, age, size);
    }

    /** How large one of its files may become. */
    long fileSize() {
        return Math.min(LARGEST_FILE, maxSize / FILES);
    }
}
