package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import io.dataprism.api.Event;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A published event, shared by all its deliveries. */
final class EventMessage {
    private final LocalMessaging messaging;
    private final long number;
    final String topic;
    final @Nullable Object body;
    final Caller source;
    final long millis;
    final int weight;
    private @Nullable String id;

    EventMessage(LocalMessaging messaging, String topic, @Nullable Object body, Caller source, long millis) {
        this.messaging = messaging;
        this.number = messaging.nextNumber();
        this.topic = topic;
        this.body = body;
        this.source = source;
        this.millis = millis;
        this.weight = Weights.ofMessage(body);
    }

    private EventMessage(EventMessage same, @Nullable Object body) {
        this.messaging = same.messaging;
        this.number = same.number;
        this.topic = same.topic;
        this.body = body;
        this.source = same.source;
        this.millis = same.millis;
        this.weight = Weights.ofMessage(body);
    }

    /** The same event, as it may stand in the mailbox of {@code party}. */
    EventMessage to(Party party) {
        Object fit = party.fit(body);
        return fit == body ? this : new EventMessage(this, fit);
    }

    /** Two threads that come here at once make the same text. */
    String id() {
        String known = id;
        if (known == null) {
            known = messaging.node() + "-" + number;
            id = known;
        }
        return known;
    }

    /** As one receiver sees it, in its slice. */
    Event event() {
        return new Event(id(), topic, Payloads.give(body), source, Instant.ofEpochMilli(millis));
    }
}
