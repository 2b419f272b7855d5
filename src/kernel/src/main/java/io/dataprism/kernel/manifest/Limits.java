package io.dataprism.kernel.manifest;

import io.dataprism.kernel.resource.CountLimits;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the author thinks the plugin needs, at most. The node has limits of its own.
 *
 * @param memory bytes
 * @param cpu percent of one core
 * @param mailboxMessages how many messages may wait
 * @param mailboxBytes how many bytes may wait
 * @param storage bytes that it stores
 * @param counts how many of what is counted
 */
public record Limits(
        OptionalLong memory,
        OptionalInt cpu,
        OptionalInt mailboxMessages,
        OptionalLong mailboxBytes,
        OptionalLong storage,
        CountLimits counts,
        Steps steps) {
    /** Nothing said. */
    public static final Limits NONE = new Limits(
            OptionalLong.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            CountLimits.NONE,
            Steps.NONE);

    /** How long steps of the life cycle may take. Where the node's operator set a deadline, that holds instead. */
    public record Steps(
            Optional<Duration> initialize,
            Optional<Duration> start,
            Optional<Duration> stop,
            Optional<Duration> destroy) {
        /** Nothing said. */
        public static final Steps NONE =
                new Steps(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
