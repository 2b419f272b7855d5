package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.permission.PermissionGate;
import io.dataprism.kernel.vertx.BusAccess;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.Message;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events between mailboxes and the bus. What host code publishes at {@code event:<topic>} is seen by the guard, which hands it on here, so that
 * patterns work without a consumer for each topic. Between nodes, kernels pass events on at one address of their own; each takes from there
 * what others published and never its own. What a kernel tells of itself and its plugins stays on its node: elsewhere "plugin x stopped" would be
 * taken for the x that runs there, and free what that one holds.
 */
final class BusEvents {
    private static final Logger LOG = LoggerFactory.getLogger(BusEvents.class);
    private static final String TOPIC = "dp-topic";

    private final LocalMessaging messaging;
    private final BusLink link;
    private final Addresses addresses;

    BusEvents(LocalMessaging messaging, BusLink link) {
        this.messaging = messaging;
        this.link = link;
        this.addresses = messaging.addresses();
        if (link.isClustered()) {
            link.consume(this, addresses.relay(), this::relayed);
        }
    }

    /** Whether anybody on the raw bus may listen to {@code topic}. */
    boolean goOut(String topic) {
        String address = addresses.event(topic);
        return Topic.isKernels(topic) ? link.isHeardHere(address) : link.mayBeHeard(address);
    }

    /** Publish to the raw bus. Returns why that can't be; null when it was done. */
    @Nullable
    String publishOut(Caller source, String topic, @Nullable Object body, long id, long causeId) {
        Optional<String> unfit = BusBody.whyNot(body);
        if (unfit.isPresent()) {
            return unfit.get();
        }
        link.publish(
                addresses.event(topic), body, link.stamped(source, id, causeId).setLocalOnly(Topic.isKernels(topic)));
        relay(source, topic, body, id, causeId);
        return null;
    }

    private void relay(Caller source, String topic, @Nullable Object body, long id, long causeId) {
        if (link.isClustered() && BusBody.fits(body) && !Topic.isKernels(topic)) {
            link.publish(
                    addresses.relay(), body, link.stamped(source, id, causeId).addHeader(TOPIC, topic));
        }
    }

    /** Host code, or a trusted plugin, publishes. On its thread. Whether the delivery to raw consumers goes on. */
    boolean hostPublishes(DeliveryContext<Object> delivery, Caller sender, String topic, long id, long causeId) {
        try {
            Topic.check(topic);
            Topic.requireOpen(sender, topic);
            messaging.gate().require(sender, Permission.publish(topic));
            if (link.isClustered() || messaging.events().hears(topic)) {
                Object body = Payloads.take(delivery.body());
                messaging.contracts().requireEvent(sender, true, topic, body);
                link.run(() -> {
                    messaging.events().deliver(sender, topic, body, id, causeId);
                    relay(sender, topic, body, id, causeId);
                });
            }
            return true;
        } catch (PluginException refused) {
            if (sender.kind() == Caller.Kind.HOST) {
                LOG.warn(
                        "An event on {} reaches no plugin: {}",
                        delivery.message().address(),
                        refused.getMessage());
                return true;
            }
            BusAccess.refuse(delivery, Failures.number(refused), refused);
            return false;
        }
    }

    private static String refusal(String topic, Optional<Caller> publisher) {
        if (publisher.isEmpty() || Topic.isKernels(topic)) {
            return "'" + topic + "' comes from a node that this one does not believe, or is a node's own.";
        }
        return publisher.get() + " may not publish '" + topic + "' here. "
                + PermissionGate.remedy(publisher.get(), Permission.publish(topic));
    }

    /** Another kernel passes an event on. */
    private void relayed(Message<Object> message) {
        String topic = message.headers().get(TOPIC);
        if (topic == null || !BusAccess.isFromWire(message)) {
            return;
        }
        try {
            Topic.check(topic);
            Optional<Caller> caller = link.callerOf(message);
            if (caller.isEmpty()
                    || Topic.isKernels(topic)
                    || !link.may(message, caller.get(), Permission.publish(topic))) {
                LOG.warn("Refused an event of another node: {}", refusal(topic, caller));
                return;
            }
            Object body = Payloads.take(message.body());
            messaging.handles().require(body, caller.get());
            messaging.contracts().requireEvent(caller.get(), false, topic, body);
            messaging.events().deliver(caller.get(), topic, body, link.idOf(message), link.causeOf(message));
        } catch (PluginException unfit) {
            LOG.warn("Refused an event of another node: {}", unfit.getMessage());
        }
    }
}
