package io.dataprism.faults.plugin;

import io.dataprism.api.Plugin;
import io.dataprism.api.PluginContext;
import io.vertx.core.Future;
import java.time.Duration;

/** Comes up, and can't go on a moment later. */
public final class Crasher implements Plugin {
    @Override
    public Future<Void> initialize(PluginContext context) {
        context.timers().after(Duration.ofMillis(20), () -> context.fail(new IllegalStateException("it crashed")));
        return Future.succeededFuture();
    }
}
