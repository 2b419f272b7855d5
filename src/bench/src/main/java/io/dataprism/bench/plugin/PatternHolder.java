package io.dataprism.bench.plugin;

import io.dataprism.api.Events;
import io.dataprism.api.Plugin;
import io.dataprism.api.PluginContext;
import io.dataprism.api.Subscription;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** Holds {@code count} subscriptions to patterns that match none of what is sent. */
public final class PatternHolder implements Plugin {
    @Override
    public Future<Void> initialize(PluginContext context) {
        Events events = context.events();
        List<Future<Subscription>> subscribed = new ArrayList<>();
        for (int i = 0; i < context.config().getInteger("count"); i++) {
            subscribed.add(events.subscribe("around.p" + i + (i % 2 == 0 ? ".*.value" : ".**"), event -> {}));
        }
        return Future.all(subscribed).mapEmpty();
    }
}
