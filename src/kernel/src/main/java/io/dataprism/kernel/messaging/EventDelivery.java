package io.dataprism.kernel.messaging;

import io.dataprism.api.FailureKind;
import io.dataprism.kernel.traffic.Reason;
import org.jspecify.annotations.Nullable;

/** One event on its way to one subscription. */
final class EventDelivery extends Delivery {
    private final TopicSubscription subscription;
    private final EventMessage message;
    /** Told what becomes of it, where it may be held outside a full mailbox. */
    private final @Nullable HeldEvent told;

    EventDelivery(TopicSubscription subscription, EventMessage message, @Nullable HeldEvent told) {
        super(subscription.party);
        this.subscription = subscription;
        this.message = message.to(subscription.party);
        this.told = told;
    }

    @Override
    public int weight() {
        return message.weight;
    }

    @Override
    protected void admitted() {
        if (told != null) {
            told.admitted();
        }
    }

    @Override
    void deliver() {
        subscription.deliver(message);
    }

    @Override
    protected void turnedAway() {
        if (told == null) {
            unhandled();
        } else {
            told.lost(receiver().caller, FailureKind.CANCELLED, "It was stopped before it took the event.");
            lost();
        }
    }

    /** Another of the subscription's events took its place; the subscription counts it. */
    @Override
    protected void dropped() {
        EventRouter.dropped(subscription, message);
        subscription.dropped(message);
    }

    @Override
    MessageKind kind() {
        return MessageKind.EVENT;
    }

    @Override
    String where() {
        return "topic " + message.topic;
    }

    @Override
    String sender() {
        return message.source.toString();
    }

    @Override
    long sentMillis() {
        return message.millis;
    }

    @Override
    Object place() {
        return subscription;
    }

    @Override
    void lost() {
        subscription.died(message, Reason.LOST, "It ended before it was handled.");
    }
}
