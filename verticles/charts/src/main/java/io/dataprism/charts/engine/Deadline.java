package io.dataprism.charts.engine;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Ends drawings that take too long. One thread, which only ever interrupts. */
final class Deadline implements AutoCloseable {
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(daemon());

    private static ThreadFactory daemon() {
        return task -> {
            Thread thread = new Thread(task, "dataprism-charts-deadline");
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Watch over one drawing in {@code world}. */
    Watch start(World world, long nanos) {
        Watch watch = new Watch(world);
        clock.schedule(watch, nanos, TimeUnit.NANOSECONDS);
        return watch;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    /** One drawing's alarm: either it rings, or the drawing ends before; never both. */
    static final class Watch implements Runnable {
        private final World world;
        private final AtomicBoolean over = new AtomicBoolean();

        private Watch(World world) {
            this.world = world;
        }

        @Override
        public void run() {
            if (over.compareAndSet(false, true)) {
                ring();
            }
        }

        private void ring() {
            try {
                world.interrupt();
            } catch (TimeoutException e) {
                // Closing cuts it off at its next step, without waiting for it.
                world.close();
            }
        }

        /** Whether the drawing ended before the alarm. */
        boolean stop() {
            return over.compareAndSet(false, true);
        }
    }
}
