package io.dataprism.kernel.vertx;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Timers that fire in a plugin's slices. They wait on the plugin's clock and cost it nothing but the hand-over. Safe to use
 * from any thread.
 */
public final class SliceTimers {
    /** Beyond that, nanoseconds don't fit a long. */
    private static final Duration LONGEST = Duration.ofDays(100 * 365);

    private final PluginDeployment deployment;
    private final Set<Timer> timers = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public SliceTimers(PluginDeployment deployment) {
        this.deployment = deployment;
    }

    /** Run {@code action} once, after {@code delay}. */
    public Timer after(Duration delay, Runnable action) {
        return start(new Timer(action, false), delay);
    }

    /** Run {@code action} every {@code period}; a turn that is due while the last one still waits is left out. */
    public Timer every(Duration period, Runnable action) {
        return start(new Timer(action, true), period);
    }

    private Timer start(Timer timer, Duration time) {
        long nanos = Math.max(1, (time.compareTo(LONGEST) > 0 ? LONGEST : time).toNanos());
        timers.add(timer);
        timer.scheduled = timer.periodic
                ? deployment.clock().scheduleAtFixedRate(timer::due, nanos, nanos, TimeUnit.NANOSECONDS)
                : deployment.clock().schedule(timer::due, nanos, TimeUnit.NANOSECONDS);
        if (closed) {
            timer.cancel();
        }
        return timer;
    }

    /** Cancel all, and every one that is started later. */
    public void close() {
        closed = true;
        timers.forEach(Timer::cancel);
    }

    /** One timer. */
    public final class Timer {
        private final Runnable action;
        private final boolean periodic;
        private final AtomicBoolean over = new AtomicBoolean();
        private final AtomicBoolean waits = new AtomicBoolean();
        private volatile java.util.concurrent.@Nullable Future<?> scheduled;

        private Timer(Runnable action, boolean periodic) {
            this.action = action;
            this.periodic = periodic;
        }

        /** On the event loop. */
        private void due() {
            if (waits.compareAndSet(false, true)) {
                deployment.execute(this::fire);
            }
        }

        /** In the plugin's slice. */
        private void fire() {
            waits.set(false);
            if (periodic ? over.get() : !over.compareAndSet(false, true)) {
                return;
            }
            if (!periodic) {
                timers.remove(this);
            }
            action.run();
        }

        /** End it; whether it was still to fire. */
        public boolean cancel() {
            timers.remove(this);
            java.util.concurrent.Future<?> waiting = scheduled;
            if (waiting != null) {
                waiting.cancel(false);
            }
            return over.compareAndSet(false, true);
        }
    }
}
