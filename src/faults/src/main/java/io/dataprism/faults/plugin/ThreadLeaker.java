package io.dataprism.faults.plugin;

import io.dataprism.api.Plugin;
import io.dataprism.api.PluginContext;
import io.vertx.core.Future;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** Starts threads and never ends them: one half computes, the other waits; neither minds being interrupted. */
public final class ThreadLeaker implements Plugin {
    public static final String NAME = "leaked-";
    public static final int THREADS = 10;

    private final AtomicLong counted = new AtomicLong();

    @Override
    public Future<Void> initialize(PluginContext context) {
        for (int i = 0; i < THREADS; i++) {
            new Thread(i % 2 == 0 ? this::count : ThreadLeaker::rest, NAME + i).start();
        }
        return Future.succeededFuture();
    }

    @SuppressWarnings("InfiniteLoopStatement") // that is what it is for
    private void count() {
        while (true) {
            counted.incrementAndGet();
            Thread.onSpinWait();
        }
    }

    @SuppressWarnings({"InfiniteLoopStatement", "EmptyCatch"}) // that is what it is for
    private static void rest() {
        while (true) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                // Goes on waiting
            }
        }
    }
}
