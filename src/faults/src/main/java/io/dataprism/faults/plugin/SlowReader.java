package io.dataprism.faults.plugin;

import io.dataprism.api.Capabilities;
import io.dataprism.api.Plugin;
import io.dataprism.api.PluginContext;
import io.dataprism.api.SubscribeOptions;
import io.dataprism.api.Subscription;
import io.dataprism.api.WhenFull;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.locks.LockSupport;

/** Takes its time with each event; its setting {@code full} says what becomes of those that find no room. */
public final class SlowReader implements Plugin {
    private static final long EACH_NANOS = 1_000_000;

    private PluginContext context;
    private Subscription subscription;
    private long handled;

    @Override
    public Future<Void> initialize(PluginContext given) {
        context = given;
        WhenFull full = WhenFull.valueOf(context.config().getString("full"));
        return context.events()
                .subscribe("flood", SubscribeOptions.whenFull(full), event -> handle())
                .onSuccess(made -> subscription = made)
                .mapEmpty();
    }

    private void handle() {
        long until = System.nanoTime() + EACH_NANOS;
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
        handled++;
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.of(
                "count",
                call -> Future.succeededFuture(
                        new JsonObject().put("handled", handled).put("dropped", subscription.dropped())));
    }
}
