package io.dataprism.kernel.messaging;

/** One event on its way to one subscription. */
final class EventDelivery extends Delivery {
    private final TopicSubscription subscription;
    private final EventMessage message;

    EventDelivery(TopicSubscription subscription, EventMessage message) {
        super(subscription.party);
        this.subscription = subscription;
        this.message = message;
    }

    @Override
    void deliver() {
        subscription.deliver(message);
    }

    @Override
    void lost() {
        receiver().messaging.lost(receiver(), "topic " + message.topic);
    }
}
