package io.dataprism.faults.plugin;

import io.dataprism.api.Capabilities;
import io.dataprism.api.Plugin;
import io.dataprism.api.PluginContext;
import io.vertx.core.Future;

/** Publishes to {@code food} what it is asked for. */
public final class Cook implements Plugin {
    private PluginContext context;

    @Override
    public Future<Void> initialize(PluginContext given) {
        context = given;
        return Future.succeededFuture();
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.of(
                "serve",
                call -> context.events()
                        .publish("food", call.json().getString("what"))
                        .mapEmpty());
    }
}
