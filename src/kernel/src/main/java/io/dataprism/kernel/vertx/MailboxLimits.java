package io.dataprism.kernel.vertx;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How much may wait in one mailbox.
 *
 * @param messages how many messages; as many again may wait outside for room, where their subscriptions want that
 * @param bytes about how many bytes they may hold together; a single larger message passes when nothing else waits
 */
public record MailboxLimits(int messages, long bytes) {
    /** 10,000 messages, 16 MiB. */
    public static final MailboxLimits DEFAULT = new MailboxLimits(10_000, 16L << 20);

    public MailboxLimits {
        if (messages < 1 || bytes < 1) {
            throw new IllegalArgumentException("A mailbox must take at least one message of one byte, but is to take "
                    + messages + " of " + bytes + " bytes.");
        }
    }

    /** These, or what is wanted where that is less. */
    public MailboxLimits atMost(OptionalInt wantedMessages, OptionalLong wantedBytes) {
        return new MailboxLimits(
                Math.min(messages, wantedMessages.orElse(messages)), Math.min(bytes, wantedBytes.orElse(bytes)));
    }

    /** Whether an entry of {@code weight} fits beside what waits. */
    boolean fit(int waiting, long held, int weight) {
        return waiting < messages && (held == 0 || held + weight <= bytes);
    }
}
