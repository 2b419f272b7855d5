package io.dataprism.bench.plugin;

import io.dataprism.api.Events;
import io.dataprism.api.Plugin;
import io.dataprism.api.PluginContext;
import io.vertx.core.Future;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Publishes to the topic whatever it is given. */
public final class TopicSender implements Plugin {
    @Override
    public Future<Void> initialize(PluginContext context) {
        BiConsumer<Executor, Consumer<Object>> driver = Meeting.driver(context);
        Events events = context.events();
        String topic = context.config().getString("topic");
        driver.accept(context::execute, body -> events.publish(topic, body));
        return Future.succeededFuture();
    }
}
