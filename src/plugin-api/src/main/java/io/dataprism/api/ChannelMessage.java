package io.dataprism.api;

import java.time.Instant;
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
 */
public record ChannelMessage(
        String channel, String from, String to, @Nullable Object message, Instant timestamp, boolean expectsReply) {}
