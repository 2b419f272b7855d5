package io.dataprism.bench.plugin;

import io.dataprism.api.Plugin;
import io.dataprism.api.PluginContext;
import io.vertx.core.Future;
import java.util.function.Consumer;

/** Subscribes to the topic and hands each body on. */
public final class TopicReceiver implements Plugin {
    @Override
    public Future<Void> initialize(PluginContext context) {
        Consumer<Object> receiver = Meeting.receiver(context);
        return context.events()
                .subscribe(context.config().getString("topic"), event -> receiver.accept(event.body()))
                .mapEmpty();
    }
}
