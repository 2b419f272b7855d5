package io.dataprism.kernel.context;

import io.dataprism.api.PluginException;
import io.vertx.core.Future;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One plugin's blocking work, so much and no more at once: what is queued is held by the kernel. Safe to use from any thread. */
final class BlockingWork {
    private static final int MOST = 10_000;

    private final PluginRuntime runtime;
    private final AtomicInteger underWay = new AtomicInteger();

    BlockingWork(PluginRuntime runtime) {
        this.runtime = runtime;
    }

    <T> Future<T> run(Callable<@Nullable T> work) {
        if (underWay.incrementAndGet() > MOST) {
            underWay.decrementAndGet();
            return runtime.deployment().failed(tooMuch(runtime, MOST + " pieces of blocking work under way"));
        }
        return runtime.deployment().<T>blocking(() -> {
            try {
                return work.call();
            } finally {
                underWay.decrementAndGet();
            }
        });
    }

    boolean isUnderWay() {
        return underWay.get() > 0;
    }

    static PluginException tooMuch(PluginRuntime runtime, String found) {
        return new PluginException(
                "DP-0199",
                "Plugin '" + runtime.id() + "' has " + found + ", which is the most. Wait for what was begun before"
                        + " beginning more.");
    }
}
