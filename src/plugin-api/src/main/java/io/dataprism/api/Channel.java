package io.dataprism.api;

import io.vertx.core.Future;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A channel that one takes part in. After {@link #leave} or {@link #close}, every use fails. */
public interface Channel {

    String name();

    /** Who is admitted now, oneself included. */
    Set<String> participants();

    /** Handle what is sent to oneself. A second handler is added, not swapped in; a request goes to the first that was added. */
    Subscription onMessage(ChannelHandler handler);

    /**
     * The same, and say what becomes of messages to oneself for which the mailbox has no room: refused where nothing is said. What waits for one's
     * part in a channel is one queue, so that the options said last hold for all of its handlers. A request is always refused then.
     *
     * @return its {@link Subscription#dropped} counts what was dropped of that queue
     */
    default Subscription onMessage(SubscribeOptions options, ChannelHandler handler) {
        if (options.whenFull() == WhenFull.REFUSE) {
            return onMessage(handler);
        }
        throw new PluginException(
                "DP-0190", "Channel '" + name() + "' refuses what finds no room; other choices are not offered here.");
    }

    /**
     * Send to one participant, at {@code channel:<name>:<to>}.
     *
     * @return completes once its mailbox took it, which is not while it {@linkplain WhenFull#HOLD holds} it; fails where it refused
     */
    Future<Void> send(String to, @Nullable Object message);

    /** Send to every participant but oneself. */
    Future<Publication> broadcast(@Nullable Object message);

    /** Send to one participant and wait for the answer that its handler gives. */
    <T> Future<T> request(String to, @Nullable Object message, CallOptions options);

    /** Admit somebody; only who created the channel may, or the operator. */
    Future<Void> admit(String participant);

    /** End somebody's admission; only who created the channel may, or the operator. */
    Future<Void> expel(String participant);

    /** End one's own part. */
    Future<Void> leave();

    /** End the channel for all; only who created it may, or the operator. */
    Future<Void> close();
}
