package io.dataprism.api;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Something that happened, as a subscriber gets it. What few ask for, the texts of ids and the time, is made when it is asked for. */
public final class Event {
    private final String topic;
    private final @Nullable Object body;
    private final Caller source;
    private final long millis;
    private final Trace trace;
    private final boolean retained;

    /**
     * An event.
     *
     * @param millis when it was published, since 1970
     * @param retained see {@link #retained()}
     */
    public Event(String topic, @Nullable Object body, Caller source, long millis, Trace trace, boolean retained) {
        this.topic = topic;
        this.body = body;
        this.source = source;
        this.millis = millis;
        this.trace = trace;
        this.retained = retained;
    }

    /** One that has just been published. */
    public Event(String topic, @Nullable Object body, Caller source, long millis, Trace trace) {
        this(topic, body, source, millis, trace, false);
    }

    /** An event that was published for no other message. */
    public Event(String id, String topic, @Nullable Object body, Caller source, Instant timestamp) {
        this(topic, body, source, timestamp.toEpochMilli(), Trace.of(id));
    }

    /** Which event it is; unique in the node's life, the same for each subscriber. */
    public String id() {
        return trace.id();
    }

    /** Whether it was published before its receiver subscribed, and came as the topic's last value. */
    public boolean retained() {
        return retained;
    }

    /** {@link Trace#cause}. */
    public Optional<String> cause() {
        return trace.cause();
    }

    /** Its id, and for which message it was published. */
    public Trace trace() {
        return trace;
    }

    public String topic() {
        return topic;
    }

    /** A payload, which nobody can change; {@code copy()} makes JSON that one can. */
    public @Nullable Object body() {
        return body;
    }

    /** Who published it, attested by the kernel. */
    public Caller source() {
        return source;
    }

    /** When it was published. */
    public Instant timestamp() {
        return Instant.ofEpochMilli(millis);
    }

    @Override
    public String toString() {
        return "Event[id=" + id() + ", topic=" + topic + ", body=" + body + ", source=" + source + ", timestamp="
                + timestamp() + "]";
    }
}
