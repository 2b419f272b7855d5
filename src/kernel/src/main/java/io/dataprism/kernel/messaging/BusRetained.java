package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import io.vertx.core.MultiMap;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Last values of topics between nodes. Each passes its own on as it passes on any event, with a stamp; a node that joins asks the others for
 * what there is, and each sends the values that were published on itself.
 */
final class BusRetained {
    /** Host code on the raw bus says {@code true} here; between nodes it holds the stamp's time. */
    private static final String RETAINED = "dp-retained";
    /** Where the values are to be sent that somebody asks for. */
    private static final String ASKS = "dp-asks";

    private static final Logger LOG = LoggerFactory.getLogger(BusRetained.class);

    private final LocalMessaging messaging;
    private final BusLink link;
    private final Consumer<Message<Object>> replayed;

    /** @param replayed takes what another node sends when it is asked */
    BusRetained(LocalMessaging messaging, BusLink link, Consumer<Message<Object>> replayed) {
        this.messaging = messaging;
        this.link = link;
        this.replayed = replayed;
    }

    /** Ask all other nodes for their values. What they send is only taken from who is trusted. */
    void ask() {
        if (link.isClustered()) {
            link.unregister(this);
            String answers = messaging.addresses().relay(UUID.randomUUID().toString());
            link.consume(this, answers, replayed::accept)
                    .onSuccess(known -> link.publish(
                            messaging.addresses().relay(),
                            null,
                            link.stamped(Caller.HOST, link.party().nextId(), MessageIds.NONE)
                                    .addHeader(ASKS, answers)))
                    .onFailure(failure -> LOG.warn("The other nodes were not asked for what they retain", failure));
        }
    }

    /** Whether {@code message} asks for this node's values; it is answered then. */
    boolean answers(Message<Object> message) {
        String to = message.headers().get(ASKS);
        if (to == null) {
            return false;
        }
        if (to.startsWith(messaging.addresses().relay(""))
                && link.callerOf(message).filter(Caller.HOST::equals).isPresent()) {
            messaging.events().retained().from(messaging.node()).forEach(value -> send(to, value));
        }
        return true;
    }

    private void send(String to, RetainedValue value) {
        EventMessage message = value.message();
        if (message != null && BusBody.fits(message.body) && !Topic.isKernels(value.topic())) {
            DeliveryOptions options = stamp(link.stamped(message.source, message.id, message.causeId), value.stamp());
            link.publish(to, message.body, options.addHeader(BusEvents.TOPIC, value.topic()));
        }
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
        return "true".equals(message.headers().get(RETAINED));
    }
}
