package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import io.dataprism.api.EventHandler;
import io.dataprism.api.Events;
import io.dataprism.api.PermissionDeniedException;
import io.dataprism.api.PluginException;
import io.dataprism.api.Publication;
import io.dataprism.api.PublishOptions;
import io.dataprism.api.SubscribeOptions;
import io.dataprism.api.Subscription;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.resource.Countable;
import io.dataprism.kernel.traffic.Reason;
import io.vertx.core.Future;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Topics, as one party uses them. */
final class EventsFacade implements Events {
    private final Party party;
    private volatile @Nullable Allowed last;

    /**
     * A topic that the gate allowed this party to publish to, as of one epoch of the grants. Its text is the one to go on with: its hash is
     * known, and whoever remembers it compares by identity.
     */
    private record Allowed(String topic, long epoch) {}

    EventsFacade(Party party) {
        this.party = party;
    }

    @Override
    public Future<Publication> publish(String topic, @Nullable Object body) {
        return publish(topic, body, false);
    }

    @Override
    public Future<Publication> publish(String topic, @Nullable Object body, PublishOptions options) {
        return publish(topic, body, options.retained());
    }

    private Future<Publication> publish(String topic, @Nullable Object body, boolean retained) {
        Object owned = null;
        try {
            // Reading the body runs the publisher's objects, for as long as they like: what was allowed before that may
            // not be any more.
            Object taken = party.take(body);
            owned = taken;
            requireOpen();
            String allowed = requirePublish(topic);
            Marks marks = party.marks(SentCounts.Kind.EVENT);
            return party.isIntercepted()
                    ? intercepted(allowed, taken, marks, retained)
                    : fit(allowed, taken, marks, retained);
        } catch (RuntimeException refused) {
            died(topic, owned, refused);
            return party.failed(refused);
        }
    }

    private Future<Publication> fit(String topic, @Nullable Object taken, Marks marks, boolean retained) {
        party.messaging.handles().require(taken, party.caller);
        // That there is no value any more is nothing which a contract describes.
        if (taken != null || !retained) {
            party.messaging.contracts().requireEvent(party.caller, isHere(), topic, taken);
        }
        EventRouter events = party.messaging.events();
        Delivered told = retained
                ? events.publishRetained(party.caller, topic, taken, marks)
                : events.publish(party.caller, topic, taken, marks);
        return told.future(party);
    }

    private Future<Publication> intercepted(String topic, @Nullable Object taken, Marks marks, boolean retained) {
        EventMessage message = new EventMessage(
                party.messaging, topic, taken, party.caller, 0, marks.id(), marks.causeId(), marks.headers());
        return party.pass(Subject.of(party.messaging, message, ""), passed -> {
            try {
                return fit(topic, passed.body(), new Marks(marks.id(), marks.causeId(), passed.headers()), retained);
            } catch (RuntimeException refused) {
                died(topic, passed.body(), refused);
                return party.failed(refused);
            }
        });
    }

    /**
     * What may not be published, or breaks a contract, is a dead letter; of what finds no room as a last value only its publisher is told, since a
     * replay would not keep it either. What could not even be an event is an error of who wrote it.
     */
    private void died(String topic, @Nullable Object owned, RuntimeException why) {
        boolean breaks = why instanceof PluginException known && known.code().equals(ContractGate.BROKEN);
        if (breaks || why instanceof PermissionDeniedException) {
            LocalMessaging messaging = party.messaging;
            EventMessage message = new EventMessage(
                    messaging, topic, owned, party.caller, 0, party.nextId(), party.handled(), Map.of());
            messaging
                    .witness()
                    .died(Subject.of(messaging, message, ""), "", Reason.REFUSED, String.valueOf(why.getMessage()));
        } else if (RetainedValues.isFull(why)) {
            party.messaging.events().refused(party.caller, topic, owned, Marks.now(party), why);
        }
    }

    /** Whether what it publishes comes from within this node: not from a user of the bridge. */
    private boolean isHere() {
        return party.caller.kind() != Caller.Kind.USER;
    }

    /** Returns {@code topic}, as the same text each time while it is published to repeatedly. */
    private String requirePublish(String topic) {
        long epoch = party.messaging.gate().epoch();
        Allowed known = last;
        if (known != null && known.epoch == epoch && known.topic.equals(topic)) {
            return known.topic;
        }
        Topic.check(topic);
        Topic.requireOpen(party.caller, topic);
        party.messaging.gate().require(party.caller, Permission.publish(topic));
        last = new Allowed(topic, epoch);
        return topic;
    }

    @Override
    public Future<Subscription> subscribe(String pattern, SubscribeOptions options, EventHandler handler) {
        try {
            requireOpen();
            Topic.checkPattern(pattern);
            party.messaging.gate().require(party.caller, Permission.subscribe(pattern));
            requireRoom();
            return party.succeeded(party.messaging.events().subscribe(party, pattern, options, handler));
        } catch (RuntimeException refused) {
            return party.failed(refused);
        }
    }

    /** Whoever publishes puts an event into the mailbox for each handler: what one has of them costs others. */
    private void requireRoom() {
        int most = party.most(Countable.SUBSCRIPTIONS);
        if (party.subscriptions.size() >= most) {
            throw new PluginException(
                    "DP-0199",
                    party.caller + " has " + most + " subscriptions, which is the most. Cancel those that it"
                            + " needs no more.");
        }
    }

    @Override
    public Future<Void> unsubscribe(String pattern) {
        party.subscriptions.stream()
                .filter(subscription -> subscription.pattern.equals(pattern))
                .forEach(TopicSubscription::end);
        return party.succeeded(null);
    }

    @Override
    public Future<Void> unsubscribeAll() {
        party.subscriptions.forEach(TopicSubscription::end);
        return party.succeeded(null);
    }

    private void requireOpen() {
        party.whyClosed().ifPresent(why -> {
            throw why;
        });
    }
}
