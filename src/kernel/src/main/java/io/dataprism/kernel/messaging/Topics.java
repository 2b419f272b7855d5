package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import io.dataprism.api.FailureKind;
import io.dataprism.api.Publication;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Who subscribes to what, and the way from a published event into mailboxes. Safe to use from any thread. */
final class Topics {
    private static final TopicSubscription[] NOBODY = {};
    private static final int CACHED_ROUTES = 10_000;

    private final Map<String, TopicSubscription[]> exact = new ConcurrentHashMap<>();
    private final Map<String, Route> routes = new ConcurrentHashMap<>();
    private final AtomicLong epoch = new AtomicLong();
    private volatile TopicSubscription[] patterns = NOBODY;

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
        if (Topic.isPattern(subscription.pattern)) {
            synchronized (this) {
                patterns = with(patterns, subscription);
            }
        } else {
            exact.merge(
                    subscription.pattern, new TopicSubscription[] {subscription}, (held, one) -> with(held, one[0]));
        }
        epoch.incrementAndGet();
    }

    void remove(TopicSubscription subscription) {
        if (Topic.isPattern(subscription.pattern)) {
            synchronized (this) {
                patterns = without(patterns, subscription);
            }
        } else {
            exact.computeIfPresent(subscription.pattern, (topic, held) -> {
                TopicSubscription[] left = without(held, subscription);
                return left.length == 0 ? null : left;
            });
        }
        epoch.incrementAndGet();
        // A route that is remembered would hold the subscriber, and its class loader, until the topic's next event.
        routes.clear();
    }

    private static TopicSubscription[] with(TopicSubscription[] held, TopicSubscription one) {
        TopicSubscription[] more = Arrays.copyOf(held, held.length + 1);
        more[held.length] = one;
        return more;
    }

    private static TopicSubscription[] without(TopicSubscription[] held, TopicSubscription one) {
        return Arrays.stream(held).filter(other -> other != one).toArray(TopicSubscription[]::new);
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
        TopicSubscription[] found = find(topic);
        if (routes.size() >= CACHED_ROUTES) {
            routes.clear();
        }
        Route route = new Route(now, found);
        routes.put(topic, route);
        if (epoch.get() != now) {
            routes.remove(topic, route);
        }
        return found;
    }

    private TopicSubscription[] find(String topic) {
        TopicSubscription[] named = exact.getOrDefault(topic, NOBODY);
        TopicSubscription[] wild = patterns;
        if (wild.length == 0) {
            return named;
        }
        List<TopicSubscription> all = new ArrayList<>(Arrays.asList(named));
        for (TopicSubscription subscription : wild) {
            if (Topic.matches(subscription.words, topic)) {
                all.add(subscription);
            }
        }
        return all.toArray(TopicSubscription[]::new);
    }

    /** Offer {@code message} to each of {@code receivers}. */
    static Publication deliver(EventMessage message, TopicSubscription[] receivers) {
        int accepted = 0;
        List<Publication.@Nullable Refusal> refused = null;
        for (TopicSubscription subscription : receivers) {
            FailureKind refusal = subscription.party.offer(new EventDelivery(subscription, message));
            if (refusal == null) {
                accepted++;
            } else {
                refused = refused == null ? new ArrayList<>() : refused;
                refused.add(refusal(subscription.party.caller, refusal));
            }
        }
        return new Publication(accepted, refused == null ? List.of() : refused);
    }

    private static Publication.Refusal refusal(Caller subscriber, FailureKind kind) {
        return new Publication.Refusal(
                subscriber, kind, kind == FailureKind.BUSY ? "Its mailbox is full." : "It is stopping.");
    }
}
