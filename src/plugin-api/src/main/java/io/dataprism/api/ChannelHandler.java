package io.dataprism.api;

import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Takes a channel's messages. Runs in the plugin's slices. */
@FunctionalInterface
public interface ChannelHandler {

    /**
     * Handle {@code message}. For a request ({@link ChannelMessage#expectsReply}) the future's value is the answer; for anything else it is
     * ignored, and {@code null} may be returned.
     */
    @Nullable
    Future<?> handle(ChannelMessage message) throws Exception;
}
