package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import io.vertx.core.MultiMap;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Last values of topics between nodes. Each passes its own on as it passes on any event, with a stamp; a node that joins asks the others for
 * what there is, and each sends the values that were published on itself. Two nodes that meet later ask each other: they may have been apart, so each
 * also tells which values it took away, and how much it sent, so that the other knows whether it got all.
 */
final class BusRetained {
    /** Host code on the raw bus says {@code true} here; between nodes it holds the stamp's time. */
    private static final String RETAINED = "dp-retained";
    /** Where the values are to be sent that somebody asks for. */
    private static final String ASKS = "dp-asks";
    /** Which node alone is asked. */
    private static final String OF = "dp-asks-node";
    /** Goes with one question to one node and all that answers it. */
    private static final String ROUND = "dp-asks-round";
    /** Ends the answer: how many values there were. */
    private static final String COUNT = "dp-asks-count";

    private static final Logger LOG = LoggerFactory.getLogger(BusRetained.class);

    private final LocalMessaging messaging;
    private final BusLink link;
    private final Consumer<Message<Object>> replayed;
    private final String answers;
    // Of the link's context: what each node was asked last, and how much of the answer has come.
    private final Map<String, Round> rounds = new HashMap<>();

    private static final class Round {
        private final String node;
        private final String id = UUID.randomUUID().toString();
        private int received;

        Round(String node) {
            this.node = node;
        }
    }

    /** @param replayed takes what another node sends when it is asked */
    BusRetained(LocalMessaging messaging, BusLink link, Consumer<Message<Object>> replayed) {
        this.messaging = messaging;
        this.link = link;
        this.replayed = replayed;
        this.answers = messaging.addresses().relay(UUID.randomUUID().toString());
    }

    /** Ask all other nodes for their values. What they send is only taken from who is trusted. */
    void ask() {
        if (link.isClustered()) {
            link.unregister(this);
            link.consume(this, answers, this::answered)
                    .onSuccess(known -> link.publish(messaging.addresses().relay(), null, question()))
                    .onFailure(failure -> LOG.warn("The other nodes were not asked for what they retain", failure));
        }
    }

    /** Ask {@code node}, which has come later. On the link's context. */
    void ask(String node) {
        Round round = new Round(node);
        rounds.put(node, round);
        link.publish(
                messaging.addresses().relay(),
                null,
                question().addHeader(OF, node).addHeader(ROUND, round.id));
    }

    private DeliveryOptions question() {
        return link.stamped(Caller.HOST, link.party().nextId(), MessageIds.NONE).addHeader(ASKS, answers);
    }

    private void answered(Message<Object> message) {
        String node = message.headers().get(RemoteTrust.NODE);
        Round asked = node == null ? null : rounds.get(node);
        Round round = asked != null && asked.id.equals(message.headers().get(ROUND)) ? asked : null;
        String all = message.headers().get(COUNT);
        if (round != null && all != null && all.equals(Integer.toString(round.received))) {
            rounds.remove(round.node);
            link.newcomers().answered(round.node);
        } else if (all == null) {
            if (round != null) {
                round.received++;
            }
            replayed.accept(message);
        }
    }

    /** Whether {@code message} asks for this node's values; it is answered then. */
    boolean answers(Message<Object> message) {
        MultiMap headers = message.headers();
        String to = headers.get(ASKS);
        if (to == null) {
            return false;
        }
        String asked = headers.get(OF);
        boolean isMeant = asked == null || asked.equals(messaging.node());
        if (isMeant
                && to.startsWith(messaging.addresses().relay(""))
                && link.callerOf(message).filter(Caller.HOST::equals).isPresent()) {
            String round = headers.get(ROUND);
            List<RetainedValue> values = messaging.events().retained().from(messaging.node());
            if (round == null) {
                values.forEach(value -> send(to, value, null));
            } else {
                sendAll(to, values, round);
            }
        }
        return true;
    }

    private void sendAll(String to, List<RetainedValue> values, String round) {
        int sent = 0;
        for (RetainedValue value : values) {
            sent += send(to, value, round) ? 1 : 0;
        }
        Map<String, RetainedValue.Stamp> gone = messaging.events().retained().takenAwayOn(messaging.node());
        gone.keySet().removeIf(Topic::isKernels);
        gone.forEach((topic, stamp) -> send(to, topic, null, own(), stamp, round));
        sent += gone.size();
        link.publish(to, null, own().addHeader(ROUND, round).addHeader(COUNT, Integer.toString(sent)));
    }

    private DeliveryOptions own() {
        return link.stamped(Caller.HOST, link.party().nextId(), MessageIds.NONE);
    }

    /** Whether {@code value} goes to other nodes at all. */
    private boolean send(String to, RetainedValue value, @Nullable String round) {
        EventMessage message = value.message();
        if (message == null || !BusBody.fits(message.body) || Topic.isKernels(value.topic())) {
            return false;
        }
        DeliveryOptions options = link.stamped(message.source, message.id, message.causeId);
        send(to, value.topic(), message.body, options, value.stamp(), round);
        return true;
    }

    private void send(
            String to,
            String topic,
            @Nullable Object body,
            DeliveryOptions options,
            RetainedValue.Stamp stamp,
            @Nullable String round) {
        stamp(options, stamp).addHeader(BusEvents.TOPIC, topic);
        link.publish(to, body, round == null ? options : options.addHeader(ROUND, round));
    }

    static DeliveryOptions stamp(DeliveryOptions options, RetainedValue.Stamp stamp) {
        return options.addHeader(RETAINED, Long.toString(stamp.millis()));
    }

    /** The stamp of a message of another node that carries a value. */
    static Optional<RetainedValue.Stamp> stampOf(Message<?> message) {
        MultiMap headers = message.headers();
        String millis = headers.get(RETAINED);
        String node = headers.get(RemoteTrust.NODE);
        try {
            return millis == null || node == null
                    ? Optional.empty()
                    : Optional.of(new RetainedValue.Stamp(Long.parseLong(millis), node));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whether host code wants what it publishes retained. */
    static boolean isWanted(Message<?> message) {
        return "true".equals(BusLink.header(message, RETAINED));
    }
}
