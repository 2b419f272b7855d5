package io.dataprism.charts.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.Engine;
import org.jspecify.annotations.Nullable;

/**
 * A few worlds on one engine, made when they are first needed and used again. Whoever asks while all are in use waits. Safe for use by
 * several threads.
 */
final class WorldPool implements AutoCloseable {

    private final Semaphore permits;
    private final Deque<World> idle = new ArrayDeque<>();
    private @Nullable Engine engine;
    private boolean closed;

    WorldPool(int size) {
        permits = new Semaphore(size, true);
    }

    /** A world of one's own until it is given back or dropped; {@code null} when none became free in time. */
    @Nullable
    World borrow(long waitNanos) throws InterruptedException {
        if (!permits.tryAcquire(waitNanos, TimeUnit.NANOSECONDS)) {
            return null;
        }
        try {
            World world = idleOne();
            return world != null ? world : new World(engine());
        } catch (RuntimeException | Error e) {
            permits.release();
            throw e;
        }
    }

    private synchronized @Nullable World idleOne() {
        if (closed) {
            throw new ChartException(ChartException.Kind.DRAWING, "The chart engine is closed. Make a new one.");
        }
        return idle.pollFirst();
    }

    private synchronized Engine engine() {
        if (engine == null) {
            ShutdownHook.leaveOut();
            NativeCode.leaveOut();
            engine = Engine.newBuilder("js")
                    .allowExperimentalOptions(true)
                    .useSystemProperties(false)
                    .option("engine.WarnInterpreterOnly", "false")
                    .option("js.lazy-translation", "true")
                    .build();
        }
        return engine;
    }

    /** The world is as good as before. */
    void giveBack(World world) {
        if (!keep(world)) {
            world.close();
        }
        permits.release();
    }

    private synchronized boolean keep(World world) {
        if (!closed) {
            idle.addFirst(world);
        }
        return !closed;
    }

    /** The world was interrupted or failed inside: it is not used again. */
    void drop(World world) {
        world.close();
        permits.release();
    }

    @Override
    public synchronized void close() {
        closed = true;
        idle.forEach(World::close);
        idle.clear();
        if (engine != null) {
            engine.close(true);
        }
    }
}
