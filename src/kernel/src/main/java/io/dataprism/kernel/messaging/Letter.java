package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import io.dataprism.api.ChannelMessage;
import io.dataprism.api.Trace;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What somebody says in a channel, shared by all its deliveries. */
final class Letter implements Trace {
    private final LocalMessaging messaging;
    final Caller sender;
    /** The sender's label. */
    final String from;
    /** Owned by the kernel. */
    final @Nullable Object body;

    final long millis;
    final long id;
    final long causeId;
    private final Map<String, String> headers;

    Letter(LocalMessaging messaging, Caller sender, @Nullable Object body, long millis, Marks marks) {
        this.messaging = messaging;
        this.sender = sender;
        this.from = sender.label();
        this.body = body;
        this.millis = millis;
        this.id = marks.id();
        this.causeId = marks.causeId();
        this.headers = marks.headers();
    }

    LocalMessaging messaging() {
        return messaging;
    }

    /** What {@code sender}'s code says now. */
    static Letter of(Member sender, @Nullable Object body) {
        Party party = sender.party;
        return new Letter(party.messaging, party.caller, body, System.currentTimeMillis(), marks(sender));
    }

    /** Who is no member any more is refused, and not counted. */
    private static Marks marks(Member sender) {
        return sender.isActive() ? sender.party.marks(SentCounts.Kind.CHANNEL) : Marks.now(sender.party);
    }

    /** The same, as it may stand in the mailbox of {@code party}. */
    Letter to(Party party) {
        Object fit = party.fit(body);
        return fit == body ? this : with(fit, headers);
    }

    /** The same with another body and other headers. */
    Letter with(@Nullable Object other, Map<String, String> more) {
        return new Letter(messaging, sender, other, millis, new Marks(id, causeId, more));
    }

    @Override
    public Map<String, String> headers() {
        return headers;
    }

    /** As one receiver sees it, in its slice. */
    ChannelMessage message(String channel, String to, boolean expectsReply) {
        return new ChannelMessage(
                channel, from, to, Payloads.give(body), Instant.ofEpochMilli(millis), expectsReply, this);
    }

    @Override
    public String id() {
        return messaging.ids().text(id);
    }

    @Override
    public Optional<String> cause() {
        return messaging.ids().textOf(causeId);
    }
}
