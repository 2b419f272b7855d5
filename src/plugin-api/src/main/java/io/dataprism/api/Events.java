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

    /**
     * The same as {@code options} say. {@linkplain PublishOptions#RETAINED Retained}, it goes to its subscribers as any event and stays
     * as the topic's last value: whoever subscribes later to the topic, or to a pattern that means it, gets it before any newer event, once,
     * and marked {@link Event#retained}. The next one that is published so replaces it, and {@code null} takes it away. It stays while its
     * publisher is stopped and goes when that is unloaded.
     *
     * @return fails with {@code DP-0424} or {@code DP-0425}, and reaches nobody, where too much is kept already
     */
    default Future<Publication> publish(String topic, @Nullable Object body, PublishOptions options) {
        return options.retained()
                ? Future.failedFuture(new PluginException(
                        "DP-0190", "Retained events are not offered here; topic '" + topic + "' keeps no value."))
                : publish(topic, body);
    }

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
