package io.dataprism.api;

import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * Publish and subscribe. A topic is a dotted name ({@code weather.update}); a subscription may use {@code *} for one word and {@code
 * **} at the end for the rest. Delivery is at most once; one publisher's events reach one subscriber in order.
 *
 * <pre>{@code
 * context.events()
 *         .subscribe("weather.*", event -> context.log().info(event.topic() + ": " + event.body()))
 *         .compose(subscribed -> context.events().publish("weather.update", new JsonObject().put("city", "Bern")))
 *         .onSuccess(publication -> context.log().info(publication.accepted() + " took it"));
 * }</pre>
 */
public interface Events {

    /**
     * Publish to {@code topic}; needs {@code event-publish:<topic>}.
     *
     * @return what became of it on this node: how many mailboxes took it and which refused; not complete while a subscriber {@linkplain
     *     WhenFull#HOLD holds} it
     */
    Future<Publication> publish(String topic, @Nullable Object body);

    /** Subscribe to a topic or pattern; needs {@code event-subscribe:<pattern>}. Several handlers a pattern are welcome. */
    Future<Subscription> subscribe(String pattern, SubscribeOptions options, EventHandler handler);

    /** The same with {@link SubscribeOptions#DEFAULT}. */
    default Future<Subscription> subscribe(String pattern, EventHandler handler) {
        return subscribe(pattern, SubscribeOptions.DEFAULT, handler);
    }

    /** Cancel each of this plugin's subscriptions to exactly {@code pattern}. */
    Future<Void> unsubscribe(String pattern);

    /** Cancel all of this plugin's subscriptions. */
    Future<Void> unsubscribeAll();
}
