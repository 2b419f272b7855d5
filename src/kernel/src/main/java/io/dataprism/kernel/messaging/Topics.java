package io.dataprism.kernel.messaging;

import io.dataprism.kernel.vertx.Mailbox;
import java.util.concurrent.atomic.AtomicLong;

/** Who subscribes to what, and the way from a published event into mailboxes. Safe to use from any thread. */
final class Topics {
    private static final TopicSubscription[] NOBODY = {};
    /** Half of the topics that are remembered. */
    private static final int CACHED_ROUTES = 5_000;

    private final TopicTrie<TopicSubscription> subscriptions = new TopicTrie<>();
    private final RouteCache<Route> routes = new RouteCache<>(CACHED_ROUTES);
    private final AtomicLong epoch = new AtomicLong();

    /** Who gets a topic's events, as of one epoch. */
    private static final class Route {
        private final long epoch;
        private final TopicSubscription[] subscriptions;

        Route(long epoch, TopicSubscription[] subscriptions) {
            this.epoch = epoch;
            this.subscriptions = subscriptions;
        }
    }

    void add(TopicSubscription subscription) {
        subscriptions.add(subscription.pattern, subscription);
        epoch.incrementAndGet();
    }

    void remove(TopicSubscription subscription) {
        subscriptions.remove(subscription.pattern, subscription);
        epoch.incrementAndGet();
        // A route that is remembered would hold the subscriber, and its class loader, until the topic's next event.
        routes.clear();
    }

    /** For how many topics it is remembered who gets their events. */
    int remembered() {
        return routes.size();
    }

    /** Grows with each subscription that comes or goes. */
    long epoch() {
        return epoch.get();
    }

    TopicSubscription[] subscriptions(String topic) {
        long now = epoch.get();
        Route known = routes.get(topic);
        if (known != null && known.epoch == now) {
            return known.subscriptions;
        }
        TopicSubscription[] found = subscriptions.find(topic).toArray(NOBODY);
        Route route = new Route(now, found);
        routes.put(topic, route);
        if (epoch.get() != now) {
            routes.remove(topic, route);
        }
        return found;
    }

    /** Offer {@code message} to each of {@code receivers}. */
    static void deliver(EventMessage message, TopicSubscription[] receivers, Delivered told) {
        for (TopicSubscription subscription : receivers) {
            if (subscription.holds()) {
                offerHeld(message, subscription, told);
            } else {
                Mailbox.Answer answer =
                        subscription.party.offer(new EventDelivery(subscription, message, null), subscription.lane);
                if (answer == Mailbox.Answer.TAKEN) {
                    told.accepted();
                } else {
                    subscription.refuse();
                    told.refused(subscription.party.caller, Party.kindOf(answer), whyNot(answer));
                    subscription.undelivered(message, answer, whyNot(answer));
                }
            }
        }
    }

    /** Offer {@code message} to {@code subscription} when its publisher was told already. Whether it was taken. */
    static boolean offer(EventMessage message, TopicSubscription subscription) {
        Mailbox.Answer answer =
                subscription.party.offer(new EventDelivery(subscription, message, null), subscription.lane);
        boolean taken = answer == Mailbox.Answer.TAKEN || answer == Mailbox.Answer.HELD;
        if (!taken) {
            subscription.refuse();
        }
        return taken;
    }

    private static void offerHeld(EventMessage message, TopicSubscription subscription, Delivered told) {
        HeldEvent held = told.held();
        held.ask();
        Mailbox.Answer answer =
                subscription.party.offer(new EventDelivery(subscription, message, held), subscription.lane);
        switch (answer) {
            case TAKEN -> held.admitted();
            case HELD -> {
                // It tells when it was taken.
            }
            default -> {
                subscription.refuse();
                held.lost(subscription.party.caller, Party.kindOf(answer), whyNot(answer));
                subscription.undelivered(message, answer, whyNot(answer));
            }
        }
    }

    private static String whyNot(Mailbox.Answer answer) {
        return answer == Mailbox.Answer.CLOSED ? "It is stopping." : "Its mailbox is full.";
    }
}
