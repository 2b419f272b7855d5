package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.Caller;
import io.dataprism.api.EventHandler;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginId;
import io.dataprism.api.SubscribeOptions;
import io.dataprism.kernel.logging.LogLimit;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.resource.Countable;
import io.dataprism.kernel.traffic.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The events of a node: who subscribes, who is started by them, and the way out to the bus. Safe to use from any thread. */
final class EventRouter {
    private static final Logger LOG = LoggerFactory.getLogger(EventRouter.class);

    private final LogLimit logged = new LogLimit();
    private final LocalMessaging messaging;
    private final Dormancy dormancy;
    private final Topics topics = new Topics();

    private final Retention retention;

    EventRouter(LocalMessaging messaging, Dormancy dormancy, RetainLimits limits) {
        this.messaging = messaging;
        this.dormancy = dormancy;
        this.retention = new Retention(messaging, this, limits);
    }

    Retention retention() {
        return retention;
    }

    /** The last values of topics. */
    RetainedValues retained() {
        return retention.values();
    }

    Topics topics() {
        return topics;
    }

    /**
     * Publish on behalf of {@code source}.
     *
     * @param body owned by the kernel
     */
    Delivered publish(Caller source, String topic, @Nullable Object body, Marks marks) {
        boolean goesOut = messaging.edge().events().goOut(topic);
        Delivered told = deliver(source, topic, body, marks);
        String unsent = goesOut ? messaging.edge().events().publishOut(source, topic, body, marks, null) : null;
        if (unsent != null) {
            told.refused(Caller.HOST, FailureKind.INVALID, unsent);
        }
        return told;
    }

    /** The same, and it stays as its topic's last value. */
    Delivered publishRetained(Caller source, String topic, @Nullable Object body, Marks marks) {
        EventMessage message = message(source, topic, body, marks);
        boolean goesOut = messaging.edge().events().goOut(topic);
        Delivered told = new Delivered();
        RetainedValue.Stamp stamp = retention.keep(message, told);
        if (goesOut) {
            goOut(message, stamp, told);
        }
        return told;
    }

    private void goOut(EventMessage message, RetainedValue.Stamp stamp, Delivered told) {
        String unsent = messaging
                .edge()
                .events()
                .publishOut(
                        message.source,
                        message.topic,
                        message.body,
                        new Marks(message.id, message.causeId, message.headers()),
                        stamp);
        if (unsent != null) {
            told.refused(Caller.HOST, FailureKind.INVALID, unsent);
        }
    }

    /** Plugin {@code id} is unloaded: the values that it keeps go, and who listens is told. */
    void unloaded(PluginId id) {
        retention.of(id).forEach(value -> {
            EventMessage gone = message(
                    Caller.HOST, value.topic(), null, messaging.edge().party().marks());
            boolean goesOut = messaging.edge().events().goOut(value.topic());
            Delivered told = new Delivered();
            RetainedValue.Stamp stamp = retention.clear(value, gone, told);
            if (stamp != null && goesOut) {
                goOut(gone, stamp, told);
            }
        });
    }

    /** Plugin {@code label} as one that events of {@code topic} start; none where they don't. */
    List<DormantPlugin> asleep(String topic, String label) {
        return dormancy.wanting(topic).stream()
                .filter(plugin -> Caller.plugin(plugin.id()).label().equals(label))
                .toList();
    }

    /** Whether anybody on this node takes events of {@code topic}. */
    boolean hears(String topic) {
        return topics.subscriptions(topic).length > 0
                || !dormancy.wanting(topic).isEmpty();
    }

    /** To the subscribers on this node. */
    Delivered deliver(Caller source, String topic, @Nullable Object body, Marks marks) {
        Delivered told = new Delivered();
        TopicSubscription[] receivers = topics.subscriptions(topic);
        List<DormantPlugin> asleep = dormancy.wanting(topic);
        if (receivers.length > 0 || !asleep.isEmpty()) {
            EventMessage message = message(source, topic, body, marks);
            hand(message, receivers, asleep, told).wake();
        }
        if (messaging.witness().watches()) {
            published(message(source, topic, body, marks), receivers.length + asleep.size(), told);
        }
        return told;
    }

    EventMessage message(Caller source, String topic, @Nullable Object body, Marks marks) {
        return new EventMessage(
                messaging,
                topic,
                body,
                source,
                System.currentTimeMillis(),
                marks.id(),
                marks.causeId(),
                marks.headers());
    }

    /** Who gets an event. What it leads to is done under no lock. */
    record Handed(List<DormantPlugin> first, int receivers) {
        /** Start those whom it starts. */
        void wake() {
            first.forEach(DormantPlugin::wake);
        }
    }

    /** {@code message} to the subscribers on this node; {@link #seen} is told of it afterwards. */
    Handed hand(EventMessage message, Delivered told) {
        return hand(message, topics.subscriptions(message.topic), dormancy.wanting(message.topic), told);
    }

    /** Who watches sees that {@code message} was published. Under no lock. */
    void seen(EventMessage message, Handed handed, Delivered told) {
        if (messaging.witness().watches()) {
            published(message, handed.receivers, told);
        }
    }

    /** The same to some of them. */
    Handed hand(EventMessage message, TopicSubscription[] receivers, List<DormantPlugin> asleep, Delivered told) {
        handOn(message.body, receivers, asleep);
        List<DormantPlugin> first = asleep.isEmpty()
                ? asleep
                : asleep.stream()
                        .filter(plugin -> plugin.take(message, receivers, told))
                        .toList();
        Topics.deliver(message, receivers, told);
        return new Handed(first, receivers.length + asleep.size());
    }

    /** Who watches sees that an event was refused of which there is no dead letter: its publisher, or the log, was told. */
    void refused(Caller source, String topic, @Nullable Object body, Marks marks, Throwable why) {
        if (messaging.witness().watches()) {
            Subject subject = Subject.of(messaging, message(source, topic, body, marks), "");
            messaging.witness().sent(subject, Outcome.REFUSED, String.valueOf(why.getMessage()));
        }
    }

    private void published(EventMessage message, int receivers, Delivered told) {
        Subject subject = Subject.of(messaging, message, "");
        if (receivers == 0) {
            messaging.witness().sent(subject, Outcome.NOBODY, "");
        } else {
            Outcome outcome = told.isRefused() ? Outcome.REFUSED : Outcome.TAKEN;
            messaging.witness().sent(subject, outcome, told.text(receivers));
        }
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
        party.subscriptions.add(subscription);
        party.counted(Countable.SUBSCRIPTIONS, 1);
        int unheard = retention.enter(subscription, topics, dormancy);
        if (unheard > 0) {
            subscription.end();
            throw full(subscription, unheard);
        }
        // Whoever ended it before it was among the topics did not find it there.
        if (!subscription.isActive()) {
            topics.remove(subscription);
        }
        party.whyClosed().ifPresent(why -> {
            subscription.end();
            throw why;
        });
        requireStill(party, subscription);
        return subscription;
    }

    private static CallException full(TopicSubscription subscription, int values) {
        return new CallException(
                FailureKind.BUSY,
                subscription.party.caller + " can't subscribe to '" + subscription.pattern
                        + "': its mailbox has no room for the " + values
                        + " values that are kept there. Subscribe with WhenFull.HOLD, or to a narrower pattern.");
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
        Permission permission = Permission.subscribe(subscription.pattern);
        if (!messaging.gate().may(party.caller, permission)) {
            subscription.end(messaging.gate().takenBack(party.caller, permission));
            logged.say(
                    party.caller.toString(),
                    more -> LOG.info(
                            "The subscription of {} to '{}' ended: its grant was revoked.{}",
                            party.caller,
                            subscription.pattern,
                            more));
        }
    }
}
