package io.dataprism.faults.plugin;

import io.dataprism.api.Plugin;
import io.dataprism.api.PluginContext;
import io.vertx.core.Future;
import java.time.Duration;

/**
 * Leaves things where they outlive it: a thread local on whichever thread runs it, a timer, a subscription, blocking work. With the setting {@code hook} also
 * what the JVM never gives up.
 */
public final class Reloaded implements Plugin {
    private static final ThreadLocal<Object> LEFT = new ThreadLocal<>();

    @Override
    public Future<Void> initialize(PluginContext context) {
        LEFT.set(new Reloaded());
        context.timers().every(Duration.ofMillis(5), () -> LEFT.set(new Reloaded()));
        if (context.config().getBoolean("hook", false)) {
            Runtime.getRuntime().addShutdownHook(new Thread(LEFT::remove, "left-hook"));
        }
        return context.events()
                .subscribe("reloaded.*", event -> LEFT.set(event))
                .mapEmpty();
    }
}
