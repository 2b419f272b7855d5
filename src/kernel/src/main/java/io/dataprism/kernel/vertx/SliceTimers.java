package io.dataprism.kernel.vertx;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import java.time.Duration;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One plugin's timers, which fire in its slices. Safe to use from any thread.
 *
 * <p>They wait here, in the order in which they are due, and only the next one has a wake-up on the plugin's clock, which may be the host's
 * event loop. So whatever a plugin starts and cancels costs itself alone: the clock is called once a millisecond at most, apart from a few
 * times more where ever earlier timers are started.
 */
public final class SliceTimers {
    private static final long MILLI = 1_000_000;
    /** A little less than what nanoseconds in a long can say. */
    private static final Duration LONGEST = Duration.ofDays(100 * 365);
    /** A longer wait is cut in two or more, each the longest power of two: a new timer that is the first one then seldom needs another wake-up. */
    private static final long UNCUT = 4 * MILLI;

    private final PluginDeployment deployment;
    private final PluginId id;
    private final IntSupplier most;
    private final IntConsumer counted;
    private final long origin = System.nanoTime();

    // Guarded by this, under which nothing of the plugin's runs.
    private final TreeSet<Timer> waiting = new TreeSet<>((one, other) ->
            one.due != other.due ? Long.compare(one.due, other.due) : Long.compare(one.number, other.number));
    private long started;
    private long wakeAt = Long.MAX_VALUE;
    private @Nullable Future<?> wakeUp;
    private boolean firing;
    private boolean closed;

    /**
     * @param most timers of {@code id} that may wait at once, asked again for each
     * @param counted told how many wait, whenever that changes; as {@code most} it is used under a lock and must not block
     */
    public SliceTimers(PluginDeployment deployment, PluginId id, IntSupplier most, IntConsumer counted) {
        this.counted = counted;
        this.deployment = deployment;
        this.id = id;
        this.most = most;
    }

    /**
     * Run {@code action} once, after {@code delay}, and the rest of that millisecond.
     *
     * @throws PluginException {@code DP-0189} when too many wait
     */
    public Timer after(Duration delay, Runnable action) {
        return start(action, delay, 0);
    }

    /**
     * Run {@code action} every {@code period}, a millisecond at least; a turn that is due while the last one still waits is left out.
     *
     * @throws PluginException {@code DP-0189} when too many wait
     */
    public Timer every(Duration period, Runnable action) {
        return start(action, period, Math.max(MILLI, nanos(period)));
    }

    private static long nanos(Duration time) {
        if (time.isNegative()) {
            return 0;
        }
        return time.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : time.toNanos();
    }

    private synchronized Timer start(Runnable action, Duration delay, long period) {
        // Whole milliseconds, so that what is due about then is due at once.
        long due = (now() + Math.max(1, nanos(delay)) + MILLI - 1) / MILLI * MILLI;
        Timer timer = new Timer(action, period, ++started, due);
        if (closed) {
            timer.over = true;
            return timer;
        }
        int limit = most.getAsInt();
        if (waiting.size() >= limit) {
            throw tooMany(limit);
        }
        waiting.add(timer);
        counted.accept(waiting.size());
        arm();
        return timer;
    }

    private PluginException tooMany(int limit) {
        return new PluginException(
                "DP-0189",
                "Plugin '" + id + "' can't start another timer: " + limit + " wait already, which is the most."
                        + " Cancel those that are not needed, or let one timer do the work of several; the node's option"
                        + " maxTimersPerPlugin allows more.");
    }

    private long now() {
        return System.nanoTime() - origin;
    }

    /** See to it that the clock calls when the first timer is due, or before. */
    private void arm() {
        if (firing || waiting.isEmpty() || waiting.first().due >= wakeAt) {
            return;
        }
        cancelWakeUp();
        long now = now();
        long wait = Math.max(0, waiting.first().due - now);
        long cut = wait <= UNCUT ? wait : Long.highestOneBit(wait);
        wakeAt = now + cut;
        long at = wakeAt;
        wakeUp = deployment.clock().schedule(() -> wake(at), cut, TimeUnit.NANOSECONDS);
    }

    private void cancelWakeUp() {
        if (wakeUp != null) {
            wakeUp.cancel(false);
            wakeUp = null;
        }
    }

    /** On the clock. */
    private synchronized void wake(long at) {
        if (at != wakeAt) {
            return;
        }
        wakeAt = Long.MAX_VALUE;
        wakeUp = null;
        if (!firing && isDue()) {
            firing = true;
            deployment.execute(this::fire);
        } else {
            arm();
        }
    }

    private boolean isDue() {
        return !waiting.isEmpty() && waiting.first().due <= now();
    }

    /** In the plugin's slice: one timer, and the next one in its own turn, so that many don't make one turn of it. */
    private void fire() {
        Timer timer = next();
        if (timer != null) {
            timer.action.run();
        }
    }

    private synchronized @Nullable Timer next() {
        // The one that was due may have been cancelled meanwhile.
        Timer timer = isDue() ? waiting.pollFirst() : null;
        if (timer != null && timer.period > 0) {
            timer.due += ((now() - timer.due) / timer.period + 1) * timer.period;
            waiting.add(timer);
        } else if (timer != null) {
            timer.over = true;
            counted.accept(waiting.size());
        }
        firing = isDue();
        if (firing) {
            deployment.execute(this::fire);
        } else {
            arm();
        }
        return timer;
    }

    /** Cancel all, and every one that is started later. */
    public synchronized void close() {
        closed = true;
        waiting.forEach(timer -> timer.over = true);
        waiting.clear();
        counted.accept(0);
        cancelWakeUp();
    }

    private synchronized boolean cancel(Timer timer) {
        if (timer.over) {
            return false;
        }
        timer.over = true;
        waiting.remove(timer);
        counted.accept(waiting.size());
        return true;
    }

    /** One timer. */
    public final class Timer {
        private final Runnable action;
        /** In nanoseconds; 0 for one that fires once. */
        private final long period;

        private final long number;

        private long due;
        private boolean over;

        private Timer(Runnable action, long period, long number, long due) {
            this.action = action;
            this.period = period;
            this.number = number;
            this.due = due;
        }

        /** End it; whether it was still to fire. */
        public boolean cancel() {
            return SliceTimers.this.cancel(this);
        }
    }
}
