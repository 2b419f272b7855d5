package io.dataprism.gateway;

import io.dataprism.api.Channel;
import io.dataprism.api.Subscription;
import io.dataprism.kernel.messaging.Endpoint;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What one socket has registered and which channels it has joined: each address once, all together not more than its quota. Used by the
 * socket's thread.
 */
final class Registrations {
    private final Endpoint endpoint;
    private final int limit;
    private final Map<String, Future<Subscription>> subscriptions = new HashMap<>();
    private final Map<String, Future<Channel>> channels = new HashMap<>();

    Registrations(Endpoint endpoint, int limit) {
        this.endpoint = endpoint;
        this.limit = limit;
    }

    /** Register {@code address} by {@code subscribe}; a second time changes nothing. */
    Future<Subscription> add(String address, Supplier<Future<Subscription>> subscribe) {
        Future<Subscription> known = subscriptions.get(address);
        if (known != null) {
            return known;
        }
        checkRoom();
        Future<Subscription> added = subscribe.get();
        subscriptions.put(address, added);
        return added.onFailure(refused -> subscriptions.remove(address, added));
    }

    /** End the registration of {@code address}; nothing where there is none. */
    Future<Void> remove(String address) {
        Future<Subscription> known = subscriptions.remove(address);
        return known == null ? Future.succeededFuture() : known.compose(Subscription::cancel);
    }

    /** The channel, joined at its first use. */
    Future<Channel> channel(String name) {
        Future<Channel> known = channels.get(name);
        if (known != null) {
            return known;
        }
        checkRoom();
        Future<Channel> joined = endpoint.channels().join(name);
        channels.put(name, joined);
        return joined.onFailure(refused -> channels.remove(name, joined));
    }

    /** A channel whose use failed is joined anew the next time. */
    void forget(String channel) {
        channels.remove(channel);
    }

    private void checkRoom() {
        if (subscriptions.size() + channels.size() >= limit) {
            throw new FrameException(Failure.quota("registrations", limit));
        }
    }
}
