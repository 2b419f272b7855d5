package io.dataprism.kernel.audit;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a line says of lines that were rotated out: it vouches for them when the log is verified without them.
 *
 * @param through the number of the last of them
 * @param hash that one's hash
 */
record Rotation(long through, String hash) {
    private static final String ROTATED = "audit-rotated";
    private static final Pattern TARGET = Pattern.compile("lines \\d+ to (\\d+), hash (\\w+)");

    static AuditEntry entry(long first, long last, String hash, String why) {
        return AuditEntry.done(
                Actor.KERNEL,
                ROTATED,
                "lines " + first + " to " + last + ", hash " + hash,
                "deleted, since " + why + "; this line stands for them");
    }

    static Optional<Rotation> of(AuditLine line) {
        if (!line.entry().what().equals(ROTATED) || line.entry().who().kind() != Actor.Kind.KERNEL) {
            return Optional.empty();
        }
        Matcher target = TARGET.matcher(line.entry().target());
        return target.matches()
                ? Optional.of(new Rotation(Long.parseLong(target.group(1)), target.group(2)))
                : Optional.empty();
    }
}
