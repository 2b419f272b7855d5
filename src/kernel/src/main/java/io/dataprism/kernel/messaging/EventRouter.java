package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import io.dataprism.api.EventHandler;
import io.dataprism.api.FailureKind;
import io.dataprism.api.SubscribeOptions;
import io.dataprism.kernel.permission.Permission;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The events of a node: who subscribes, who is started by them, and the way out to the bus. Safe to use from any thread. */
final class EventRouter {
    private static final Logger LOG = LoggerFactory.getLogger(EventRouter.class);

    private final LocalMessaging messaging;
    private final Dormancy dormancy;
    private final Topics topics = new Topics();

    EventRouter(LocalMessaging messaging, Dormancy dormancy) {
        this.messaging = messaging;
        this.dormancy = dormancy;
    }

    Topics topics() {
        return topics;
    }

    /**
     * Publish on behalf of {@code source}.
     *
     * @param body owned by the kernel
     */
    Delivered publish(Caller source, String topic, @Nullable Object body, long id, long causeId) {
        boolean goesOut = messaging.edge().events().goOut(topic);
        Delivered told = deliver(source, topic, body, id, causeId);
        String unsent = goesOut ? messaging.edge().events().publishOut(source, topic, body, id, causeId) : null;
        if (unsent != null) {
            told.refused(Caller.HOST, FailureKind.INVALID, unsent);
        }
        return told;
    }

    /** Whether anybody on this node takes events of {@code topic}. */
    boolean hears(String topic) {
        return topics.subscriptions(topic).length > 0
                || !dormancy.wanting(topic).isEmpty();
    }

    /** To the subscribers on this node. */
    Delivered deliver(Caller source, String topic, @Nullable Object body, long id, long causeId) {
        Delivered told = new Delivered();
        TopicSubscription[] receivers = topics.subscriptions(topic);
        List<DormantPlugin> asleep = dormancy.wanting(topic);
        if (receivers.length > 0 || !asleep.isEmpty()) {
            EventMessage message =
                    new EventMessage(messaging, topic, body, source, System.currentTimeMillis(), id, causeId);
            handOn(body, receivers, asleep);
            asleep.forEach(plugin -> plugin.take(message, receivers));
            Topics.deliver(message, receivers, told);
        }
        return told;
    }

    /** Whoever gets an event may use the handles in it. */
    private void handOn(@Nullable Object body, TopicSubscription[] receivers, List<DormantPlugin> asleep) {
        if (Handles.standIn(body)) {
            for (TopicSubscription receiver : receivers) {
                messaging.handles().give(body, receiver.party.caller);
            }
            asleep.forEach(plugin -> messaging.handles().give(body, Caller.plugin(plugin.id())));
        }
    }

    TopicSubscription subscribe(Party party, String pattern, SubscribeOptions options, EventHandler handler) {
        TopicSubscription subscription = new TopicSubscription(party, pattern, options, handler, topics);
        // Whoever finds it among the party's finds it among the topics, too, and takes it out of both.
        topics.add(subscription);
        party.subscriptions.add(subscription);
        party.whyClosed().ifPresent(why -> {
            subscription.end();
            throw why;
        });
        requireStill(party, subscription);
        if (party instanceof PluginParty plugin) {
            dormancy.subscribed(plugin.id(), subscription);
        }
        return subscription;
    }

    /** A subscription's event was dropped, as it wants it, for a newer one; the subscription counts them. */
    static void dropped(TopicSubscription subscription, EventMessage message) {
        LOG.debug(
                "{} dropped an event of topic {}, since its mailbox is full.",
                subscription.party.caller,
                message.topic);
    }

    /** A grant that was revoked since the gate was asked ended the subscriptions there were, not this one. */
    private void requireStill(Party party, TopicSubscription subscription) {
        Permission permission = Permission.subscribe(subscription.pattern);
        if (!messaging.gate().may(party.caller, permission)) {
            subscription.end();
            throw messaging.gate().denial(party.caller, permission);
        }
    }

    /** {@code party} may do less than before: what it may not hear any more ends. */
    void recheck(Party party) {
        party.subscriptions.forEach(subscription -> recheck(party, subscription));
    }

    private void recheck(Party party, TopicSubscription subscription) {
        if (!messaging.gate().may(party.caller, Permission.subscribe(subscription.pattern))) {
            subscription.end();
            LOG.info(
                    "The subscription of {} to '{}' ended: its grant was revoked.", party.caller, subscription.pattern);
        }
    }
}
