package io.dataprism.faults.plugin;

import io.dataprism.api.Plugin;
import io.dataprism.api.PluginContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;

/** Takes {@code seconds} to come up or to go down, as its setting {@code slow} says. */
public final class Sluggish implements Plugin {
    private PluginContext context;

    @Override
    public Future<Void> initialize(PluginContext given) {
        context = given;
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> start() {
        return later("start");
    }

    @Override
    public Future<Void> stop() {
        return later("stop");
    }

    private Future<Void> later(String step) {
        if (!step.equals(context.config().getString("slow"))) {
            return Future.succeededFuture();
        }
        Promise<Void> done = context.promise();
        context.timers().after(Duration.ofSeconds(context.config().getLong("seconds")), done::complete);
        return done.future();
    }
}
