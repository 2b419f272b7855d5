package io.dataprism.child.context;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.api.Timers;
import io.dataprism.child.ChildSlices;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Timers, which need no kernel. */
final class ChildTimers implements Timers {
    private static final Duration LONGEST = Duration.ofDays(100 * 365);

    private final PluginId id;
    private final ChildSlices slices;
    private final int most;
    private final AtomicInteger waiting = new AtomicInteger();
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, work -> {
        Thread thread = new Thread(work, "timers");
        thread.setDaemon(true);
        return thread;
    });

    ChildTimers(PluginId id, ChildSlices slices, int most) {
        this.id = id;
        this.slices = slices;
        this.most = most;
        clock.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        return new Waiting(action, false).begin(nanos(delay), 0);
    }

    @Override
    public Timer every(Duration period, Runnable action) {
        long nanos = Math.max(TimeUnit.MILLISECONDS.toNanos(1), nanos(period));
        return new Waiting(action, true).begin(nanos, nanos);
    }

    private static long nanos(Duration time) {
        return (time.compareTo(LONGEST) > 0 ? LONGEST : time).toNanos();
    }

    /** One timer. */
    private final class Waiting implements Timer, Runnable {
        private final Runnable action;
        private final boolean again;
        private final AtomicBoolean ended = new AtomicBoolean();
        private final AtomicBoolean due = new AtomicBoolean();
        private volatile @Nullable ScheduledFuture<?> scheduled;

        Waiting(Runnable action, boolean again) {
            this.action = Objects.requireNonNull(action);
            this.again = again;
        }

        Timer begin(long delay, long period) {
            if (waiting.incrementAndGet() > most) {
                waiting.decrementAndGet();
                throw new PluginException(
                        "DP-0189",
                        "Plugin '" + id + "' has " + most
                                + " timers waiting, which is as many as it may have. Cancel those that are not needed.");
            }
            scheduled = again
                    ? clock.scheduleAtFixedRate(this, delay, period, TimeUnit.NANOSECONDS)
                    : clock.schedule(this, delay, TimeUnit.NANOSECONDS);
            return this;
        }

        /** On the clock's thread. A turn that is due while the last one still waits is left out. */
        @Override
        public void run() {
            if (due.compareAndSet(false, true)) {
                slices.execute(this::turn);
            }
        }

        private void turn() {
            due.set(false);
            if (again ? !ended.get() : end()) {
                action.run();
            }
        }

        private boolean end() {
            if (!ended.compareAndSet(false, true)) {
                return false;
            }
            waiting.decrementAndGet();
            return true;
        }

        @Override
        public boolean cancel() {
            ScheduledFuture<?> begun = scheduled;
            if (begun != null) {
                begun.cancel(false);
            }
            return end();
        }
    }
}
