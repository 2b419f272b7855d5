package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import io.dataprism.api.Event;
import io.dataprism.api.Trace;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A published event, shared by all its deliveries. */
final class EventMessage implements Trace {
    private final LocalMessaging messaging;
    final long id;
    final long causeId;
    private final boolean retained;
    private final Map<String, String> headers;
    final String topic;
    final @Nullable Object body;
    final Caller source;
    final long millis;
    final int weight;
    private @Nullable String text;
    /** Its place among those that are kept. Of whoever keeps it first, and guarded by them. */
    private long arrival;

    EventMessage(
            LocalMessaging messaging,
            String topic,
            @Nullable Object body,
            Caller source,
            long millis,
            long id,
            long causeId,
            Map<String, String> headers) {
        this.messaging = messaging;
        this.id = id;
        this.causeId = causeId;
        this.retained = false;
        this.headers = headers;
        this.topic = topic;
        this.body = body;
        this.source = source;
        this.millis = millis;
        this.weight = Weights.ofMessage(body);
    }

    private EventMessage(EventMessage same, @Nullable Object body, boolean retained) {
        this.messaging = same.messaging;
        this.id = same.id;
        this.causeId = same.causeId;
        this.arrival = same.arrival;
        this.retained = retained;
        this.headers = same.headers;
        this.topic = same.topic;
        this.body = body;
        this.source = same.source;
        this.millis = same.millis;
        this.weight = Weights.ofMessage(body);
    }

    /** The same event, as it may stand in the mailbox of {@code party}. */
    EventMessage to(Party party) {
        Object fit = party.fit(body);
        return fit == body ? this : new EventMessage(this, fit, retained);
    }

    /** The same to be kept for long: it holds no plugin's class. */
    EventMessage lasting() {
        return new EventMessage(this, SharedRecord.json(body), retained);
    }

    /** The same as the last value of its topic, which holds no plugin's class. */
    EventMessage asRetained() {
        return new EventMessage(this, SharedRecord.json(body), true);
    }

    /** It is kept for who subscribes later: from now on it has a place among all that are. */
    void arrive() {
        if (arrival == 0) {
            arrival = messaging.nextArrival();
        }
    }

    /** Of two that are kept, the one that came later has the greater. */
    long arrival() {
        return arrival;
    }

    /** Two threads that come here at once make the same text. */
    @Override
    public String id() {
        String known = text;
        if (known == null) {
            known = messaging.ids().text(id);
            text = known;
        }
        return known;
    }

    @Override
    public Optional<String> cause() {
        return messaging.ids().textOf(causeId);
    }

    @Override
    public Map<String, String> headers() {
        return headers;
    }

    /** As one receiver sees it, in its slice. */
    Event event() {
        return new Event(topic, Payloads.give(body), source, millis, this, retained);
    }
}
