package io.dataprism.api;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message in a channel. On the bus its body is JSON with these names.
 *
 * @param channel the channel's name
 * @param from who sent it, attested by the kernel
 * @param to whom it was sent to
 * @param message a payload
 * @param timestamp when it was sent
 * @param expectsReply whether the sender waits for an answer
 * @param trace which message it is, and for which other one it was sent
 */
public record ChannelMessage(
        String channel,
        String from,
        String to,
        @Nullable Object message,
        Instant timestamp,
        boolean expectsReply,
        Trace trace) {

    /** A message without an id, for tests. */
    public ChannelMessage(
            String channel, String from, String to, @Nullable Object message, Instant timestamp, boolean expectsReply) {
        this(channel, from, to, message, timestamp, expectsReply, Trace.of(""));
    }

    /** {@link Trace#id}. */
    public String id() {
        return trace.id();
    }

    /** {@link Trace#cause}. */
    public Optional<String> cause() {
        return trace.cause();
    }
}
