package io.dataprism.faults.plugin;

import io.dataprism.api.Capabilities;
import io.dataprism.api.Plugin;
import io.dataprism.api.PluginContext;
import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Computes and never has enough: in one piece that nothing ends, in turns, or waiting for a while with a thread that it was lent. */
public final class Hog implements Plugin {
    private static final long TURN_NANOS = 5_000_000;

    private PluginContext context;
    private final AtomicLong counted = new AtomicLong();

    @Override
    public Future<Void> initialize(PluginContext given) {
        context = given;
        return Future.succeededFuture();
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.of("spin", call -> spin())
                .and("turns", call -> begin())
                .and("wait", call -> block(call.json().getLong("millis")));
    }

    @SuppressWarnings({"InfiniteLoopStatement", "EmptyCatch"}) // that is what it is for
    private Future<Object> spin() {
        while (true) {
            try {
                count();
            } catch (Throwable t) {
                // Goes on whatever happens
            }
        }
    }

    private void count() {
        counted.incrementAndGet();
    }

    private Future<Object> begin() {
        context.execute(this::turn);
        return Future.succeededFuture();
    }

    private void turn() {
        long began = System.nanoTime();
        while (System.nanoTime() - began < TURN_NANOS) {
            count();
        }
        context.execute(this::turn);
    }

    private Future<Object> block(long millis) {
        long until = System.nanoTime() + millis * 1_000_000;
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
        return Future.succeededFuture();
    }
}
