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

    /** Send to one participant, at {@code channel:<name>:<to>}. */
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
