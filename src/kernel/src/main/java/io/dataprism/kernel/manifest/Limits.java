package io.dataprism.kernel.manifest;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the author thinks the plugin needs. The kernel's own limits hold where they are lower, and where nothing is said.
 *
 * @param memory bytes
 * @param cpu percent of one core
 * @param mailboxMessages how many messages may wait
 * @param mailboxBytes how many bytes may wait
 */
public record Limits(
        OptionalLong memory, OptionalInt cpu, OptionalInt mailboxMessages, OptionalLong mailboxBytes, Steps steps) {
    /** Nothing said. */
    public static final Limits NONE = new Limits(
            OptionalLong.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalLong.empty(), Steps.DEFAULT);

    /** How long each step of the life cycle may take. */
    public record Steps(Duration initialize, Duration start, Duration stop, Duration destroy) {
        public static final Steps DEFAULT = new Steps(
                Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(10));
    }
}
