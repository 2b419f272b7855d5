package io.dataprism.bench.plugin;

import io.dataprism.api.Plugin;
import io.dataprism.api.PluginContext;
import io.vertx.core.Future;
import java.util.function.Consumer;

/** Joins the channel and hands each message on. */
public final class ChannelReceiver implements Plugin {
    @Override
    public Future<Void> initialize(PluginContext context) {
        Consumer<Object> receiver = Meeting.receiver(context);
        return context.channels()
                .join(context.config().getString("channel"))
                .onSuccess(channel -> channel.onMessage(message -> {
                    receiver.accept(message.message());
                    return null;
                }))
                .mapEmpty();
    }
}
