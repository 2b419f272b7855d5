package io.dataprism.api;

import io.vertx.core.Future;
import java.util.Set;

/**
 * Closed conversations. Whoever creates a channel decides who is admitted; to everyone else it answers {@code Plugin not authorized
 * for this channel}. Needs the permission {@code channel:<name>}.
 *
 * <pre>{@code
 * context.channels()
 *         .create("support", Set.of("helpdesk"))
 *         .onSuccess(channel -> {
 *             channel.onMessage(message -> Future.succeededFuture("got it, " + message.from()));
 *             channel.broadcast("the desk is open");
 *         });
 * }</pre>
 */
public interface Channels {

    /**
     * Create a channel and join it. An existing name is never replaced: the future fails with code {@code DP-0402}.
     *
     * @param name lower-case words joined by dots or hyphens
     * @param participants whom to admit besides oneself: plugin ids, {@code user:<name>}, {@code host}, {@code operator}
     */
    Future<Channel> create(String name, Set<String> participants);

    /** Join a channel that one was admitted to. */
    Future<Channel> join(String name);
}
