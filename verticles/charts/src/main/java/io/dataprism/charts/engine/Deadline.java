package io.dataprism.charts.engine;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Ends drawings that take too long. One thread, which only ever interrupts. */
final class Deadline implements AutoCloseable {
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, daemon());

    Deadline() {
        // or each world would be held until its alarm, long after its drawing
        clock.setRemoveOnCancelPolicy(true);
    }

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
        watch.alarm = clock.schedule(watch, nanos, TimeUnit.NANOSECONDS);
        return watch;
    }

    /** Drawings that are watched over. */
    int watched() {
        return clock.getQueue().size();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    /** One drawing's alarm: either it rings, or the drawing ends before; never both. Used by who draws, but for {@link #run}. */
    static final class Watch implements Runnable {
        private final World world;
        private final AtomicBoolean over = new AtomicBoolean();
        private @Nullable Future<?> alarm;

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
            if (alarm != null) {
                alarm.cancel(false);
            }
            return over.compareAndSet(false, true);
        }
    }
}
