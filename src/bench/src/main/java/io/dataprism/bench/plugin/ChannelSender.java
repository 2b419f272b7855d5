package io.dataprism.bench.plugin;

import io.dataprism.api.Channel;
import io.dataprism.api.Plugin;
import io.dataprism.api.PluginContext;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Creates the channel and sends into it whatever it is given: to the one named in {@code to}, else to all. */
public final class ChannelSender implements Plugin {
    @Override
    public Future<Void> initialize(PluginContext context) {
        JsonObject config = context.config();
        Set<String> participants = new HashSet<>();
        config.getJsonArray("participants").forEach(name -> participants.add((String) name));
        return context.channels()
                .create(config.getString("channel"), participants)
                .onSuccess(channel -> drive(context, channel, config.getString("to", "")))
                .mapEmpty();
    }

    private static void drive(PluginContext context, Channel channel, String to) {
        BiConsumer<Executor, Consumer<Object>> driver = Meeting.driver(context);
        Consumer<Object> send = to.isEmpty() ? channel::broadcast : body -> channel.send(to, body);
        driver.accept(context::execute, send);
    }
}
