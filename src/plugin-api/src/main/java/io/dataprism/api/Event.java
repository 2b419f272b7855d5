package io.dataprism.api;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened.
 *
 * @param id unique on its node
 * @param topic the dotted name it was published to
 * @param body a payload, which nobody can change; {@code copy()} makes JSON that one can
 * @param source who published it, attested by the kernel
 * @param timestamp when it was published
 * @param trace its id, and for which message it was published
 */
public record Event(String id, String topic, @Nullable Object body, Caller source, Instant timestamp, Trace trace) {

    /** An event that was published for no other message. */
    public Event(String id, String topic, @Nullable Object body, Caller source, Instant timestamp) {
        this(id, topic, body, source, timestamp, Trace.of(id));
    }

    /** {@link Trace#cause}. */
    public Optional<String> cause() {
        return trace.cause();
    }
}
