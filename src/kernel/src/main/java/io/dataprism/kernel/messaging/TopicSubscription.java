package io.dataprism.kernel.messaging;

import io.dataprism.api.EventHandler;
import io.dataprism.api.PluginException;
import io.dataprism.api.SubscribeOptions;
import io.dataprism.api.Subscription;
import io.dataprism.api.WhenFull;
import io.dataprism.kernel.resource.Countable;
import io.dataprism.kernel.traffic.Reason;
import io.dataprism.kernel.vertx.Mailbox;
import io.dataprism.kernel.vertx.OverflowLane;
import io.vertx.core.Future;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** One handler of one party for one topic or pattern. */
final class TopicSubscription implements Subscription {
    final Party party;
    final String pattern;
    final String[] words;
    /** What its receiver's full mailbox does with its events; null: refuses them. */
    final @Nullable OverflowLane lane;

    private final boolean holds;
    private final EventHandler handler;
    private final Topics topics;
    private final LongAdder refused = new LongAdder();
    private final Ending ending = new Ending();
    private volatile boolean active = true;

    TopicSubscription(Party party, String pattern, SubscribeOptions options, EventHandler handler, Topics topics) {
        this.party = party;
        this.pattern = pattern;
        this.words = pattern.split("\\.", -1);
        this.lane = Lanes.of(options);
        this.holds = options.whenFull() == WhenFull.HOLD;
        this.handler = handler;
        this.topics = topics;
    }

    /** Whether who publishes to it waits while there is no room. */
    boolean holds() {
        return holds;
    }

    @Override
    public long dropped() {
        return lane == null ? 0 : lane.dropped();
    }

    /** How many of its events were refused so far. */
    long refused() {
        return refused.sum();
    }

    void refuse() {
        refused.increment();
    }

    @Override
    public String pattern() {
        return pattern;
    }

    boolean isActive() {
        return active;
    }

    boolean matches(String topic) {
        return active && Topic.matches(words, topic);
    }

    @Override
    public Future<Void> cancel() {
        end();
        return party.succeeded(null);
    }

    @Override
    public Future<Void> ended() {
        return ending.told(party::promise);
    }

    /** Nothing is delivered any more, not even what waits in the mailbox. */
    void end() {
        end(null);
    }

    /** The same against its party's will. */
    void end(@Nullable PluginException why) {
        active = false;
        if (party.subscriptions.remove(this)) {
            party.counted(Countable.SUBSCRIPTIONS, -1);
        }
        topics.remove(this);
        ending.end(why);
    }

    /** In the party's slice. */
    void deliver(EventMessage message) {
        if (!active) {
            return;
        }
        Witness witness = party.messaging.witness();
        long began = witness.watches() ? System.nanoTime() : 0;
        SafeFailure failure = null;
        long before = party.handles(message.id);
        try {
            handler.handle(message.event());
        } catch (Throwable thrown) {
            failure = SafeFailure.copy(thrown);
            party.messaging.report(party, "topic " + message.topic, failure);
            witness.bury(subject(message), party.caller.label(), Reason.FAILED, failure.text());
        } finally {
            party.handles(before);
        }
        if (began != 0) {
            witness.handled(subject(message), party.caller.label(), began, failure);
        }
    }

    /** Its mailbox did not take {@code message}, and that is not how the subscription wants it. */
    void undelivered(EventMessage message, Mailbox.Answer answer, String why) {
        boolean full = answer == Mailbox.Answer.FULL;
        if (!full || lane == null || holds) {
            died(message, full ? Reason.FULL : Reason.UNDELIVERABLE, why);
        }
    }

    /** {@code message} made room for a newer one, as this wants it: that can be seen, and is no dead letter. */
    void dropped(EventMessage message) {
        Witness witness = party.messaging.witness();
        if (witness.watches()) {
            witness.dropped(subject(message), party.caller.label());
        }
    }

    /** {@code message} never got to the handler. */
    void died(EventMessage message, Reason reason, String why) {
        party.messaging.witness().died(subject(message), party.caller.label(), reason, why);
    }

    private Subject subject(EventMessage message) {
        return Subject.of(party.messaging, message, party.caller.label());
    }
}
