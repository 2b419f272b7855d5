package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.logging.LogLimit;
import io.dataprism.kernel.permission.GrantCommands;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.vertx.BusAccess;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.DeliveryOptions;
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
    static final String TOPIC = "dp-topic";

    private final LocalMessaging messaging;
    private final BusLink link;
    private final Addresses addresses;
    private final BusRetained retained;
    private final LogLimit logged = new LogLimit();

    BusEvents(LocalMessaging messaging, BusLink link) {
        this.messaging = messaging;
        this.link = link;
        this.addresses = messaging.addresses();
        this.retained = new BusRetained(messaging, link, message -> passedOn(message, true));
        link.newcomers().ask(retained::ask);
        if (link.isClustered()) {
            link.consume(this, addresses.relay(), this::relayed);
        }
    }

    /** Whether anybody on the raw bus may listen to {@code topic}. */
    boolean goOut(String topic) {
        String address = addresses.event(topic);
        return Topic.isKernels(topic) ? link.isHeardHere(address) : link.mayBeHeard(address);
    }

    /** Take the last values of topics from the other nodes, once, now that it is known whom to believe. */
    void ask() {
        retained.ask();
    }

    /**
     * Publish to the raw bus. Returns why that can't be; null when it was done.
     *
     * @param stamp of an event that stays as its topic's last value; null: it does not
     */
    @Nullable
    String publishOut(
            Caller source, String topic, @Nullable Object body, Marks marks, RetainedValue.@Nullable Stamp stamp) {
        Optional<String> unfit = BusBody.whyNot(body);
        if (unfit.isPresent()) {
            return unfit.get();
        }
        link.publish(addresses.event(topic), OutgoingEvent.of(link, source, body, marks), Topic.isKernels(topic));
        relay(source, topic, body, marks, stamp);
        return null;
    }

    private void relay(
            Caller source, String topic, @Nullable Object body, Marks marks, RetainedValue.@Nullable Stamp stamp) {
        if (link.isClustered() && BusBody.fits(body) && !Topic.isKernels(topic)) {
            DeliveryOptions options = link.stamped(source, marks).addHeader(TOPIC, topic);
            link.publish(addresses.relay(), body, stamp == null ? options : BusRetained.stamp(options, stamp));
        }
    }

    /** Host code, or a trusted plugin, publishes. On its thread. Whether that is all: else raw consumers may want it. */
    boolean hostPublishes(DeliveryContext<Object> delivery, Caller sender, String topic, Marks marks) {
        try {
            requirePublish(sender, topic);
            boolean keeps = BusRetained.isWanted(delivery.message());
            boolean atOnce = link.takesAtOnce();
            if (keeps || link.isClustered() || isWanted(topic)) {
                Object body = Payloads.take(delivery.body());
                messaging.contracts().requireEvent(sender, true, topic, body);
                if (atOnce) {
                    carry(sender, topic, body, marks, keeps);
                } else {
                    link.run(() -> carryIn(sender, topic, body, marks, keeps));
                }
            }
            return atOnce && isEnded(delivery);
        } catch (PluginException refused) {
            messaging.events().refused(sender, topic, null, marks, refused);
            if (sender.kind() == Caller.Kind.HOST) {
                reachesNone(sender, topic, refused);
                return false;
            }
            BusAccess.refuse(delivery, Failures.number(refused), refused);
            return true;
        }
    }

    /** Whether {@code delivery}, whose event plugins have, is for nobody else. Whoever awaits a reply is told that nobody gives one. */
    private boolean isEnded(DeliveryContext<Object> delivery) {
        Message<Object> message = delivery.message();
        if (message.isSend() || link.isHeardHere(message.address())) {
            return false;
        }
        BusAccess.arrived(delivery);
        return true;
    }

    private void requirePublish(Caller sender, String topic) {
        Topic.check(topic);
        Topic.requireOpen(sender, topic);
        messaging.gate().require(sender, Permission.publish(topic));
    }

    /** Whether anybody on this node hears events of {@code topic}, or watches them. */
    private boolean isWanted(String topic) {
        return messaging.events().hears(topic) || messaging.witness().watches();
    }

    private static String refusal(String topic, Optional<Caller> publisher) {
        if (publisher.isEmpty() || Topic.isKernels(topic)) {
            return "'" + topic + "' comes from a node that this one does not believe, or is a node's own.";
        }
        return publisher.get() + " may not publish '" + topic + "' here. "
                + GrantCommands.remedy(publisher.get(), Permission.publish(topic));
    }

    /** Raw consumers have it from the host itself. */
    private void carryIn(Caller sender, String topic, @Nullable Object body, Marks marks, boolean keeps) {
        if (link.party().isIntercepted()) {
            intercepted(sender, topic, body, marks, keeps);
            return;
        }
        carry(sender, topic, body, marks, keeps);
    }

    private void carry(Caller sender, String topic, @Nullable Object body, Marks marks, boolean keeps) {
        if (!keeps) {
            messaging.events().deliver(sender, topic, body, marks);
            relay(sender, topic, body, marks, null);
            return;
        }
        try {
            EventMessage message = messaging.events().message(sender, topic, body, marks);
            relay(sender, topic, body, marks, messaging.events().retention().keep(message, new Delivered()));
        } catch (PluginException full) {
            messaging.events().refused(sender, topic, body, marks, full);
            reachesNone(sender, topic, full);
        }
    }

    private void intercepted(Caller sender, String topic, @Nullable Object body, Marks marks, boolean keeps) {
        EventMessage message =
                new EventMessage(messaging, topic, body, sender, 0, marks.id(), marks.causeId(), marks.headers());
        link.party()
                .pass(Subject.of(messaging, message, ""), passed -> {
                    Marks more = new Marks(marks.id(), marks.causeId(), passed.headers());
                    messaging.contracts().requireEvent(sender, true, topic, passed.body());
                    carry(sender, topic, passed.body(), more, keeps);
                    return link.party().<Void>succeeded(null);
                })
                .onFailure(why -> reachesNone(sender, topic, why));
    }

    /** Nobody waits for an answer that says so. */
    private void reachesNone(Caller sender, String topic, Throwable why) {
        logged.say(
                sender.toString(),
                more -> LOG.warn(
                        "An event on {} reaches no plugin: {}{}", addresses.event(topic), why.getMessage(), more));
    }

    private void refusedAnothers(Optional<Caller> caller, String why) {
        logged.say(
                "of another node, by " + caller.map(Caller::toString).orElse("nobody"),
                more -> LOG.warn("Refused an event of another node: {}{}", why, more));
    }

    /** Another kernel passes an event on, or asks for the last values. */
    private void relayed(Message<Object> message) {
        if (BusAccess.isFromWire(message) && !retained.answers(message)) {
            passedOn(message, false);
        }
    }

    private void passedOn(Message<Object> message, boolean replayed) {
        String topic = message.headers().get(TOPIC);
        if (topic == null || !BusAccess.isFromWire(message)) {
            return;
        }
        Optional<Caller> caller = link.callerOf(message);
        try {
            Topic.check(topic);
            if (caller.isEmpty()
                    || Topic.isKernels(topic)
                    || !link.mayElseTold(message, caller.get(), Permission.publish(topic))) {
                refusedAnothers(caller, refusal(topic, caller));
                return;
            }
            Object body = Payloads.take(message.body());
            messaging.handles().require(body, caller.get());
            EventMessage event = messaging.events().message(caller.get(), topic, body, link.marksOf(message));
            Optional<RetainedValue.Stamp> stamp = BusRetained.stampOf(message);
            // That there is no value any more is nothing which a contract describes.
            if (body != null || stamp.isEmpty()) {
                messaging.contracts().requireEvent(caller.get(), false, topic, body);
            }
            if (stamp.isPresent()) {
                messaging.events().retention().passedOn(event, stamp.get(), replayed);
            } else {
                messaging
                        .events()
                        .deliver(caller.get(), topic, body, new Marks(event.id, event.causeId, event.headers()));
            }
        } catch (PluginException unfit) {
            refusedAnothers(caller, String.valueOf(unfit.getMessage()));
        }
    }
}
