package io.dataprism.kernel.resource;

import io.dataprism.api.PluginId;
import java.time.Duration;

/**
 * One plugin's share of processor time: a credit that grows with time as its limit says, up to what it may use within one window at once, and off which is
 * taken what it uses. Once that is used up, nothing of the plugin's is to begin until there is some again. So it uses its limit at most over any time that
 * is long against the window, whatever its work looks like, and a plugin that seldom works does so at full speed.
 *
 * <p>Times are those of {@link System#nanoTime}, passed in. Safe to use from any thread.
 */
public final class CpuBudget {
    private static final int PERCENT = 100;
    /** What it may use at once after it was held back, as a part of the window's: so it goes on in pieces of some milliseconds. */
    private static final int PIECES = 100;
    /** What it used too much is paid for by so many windows at most. */
    private static final long MOST_WINDOWS = 600;

    /** Nanoseconds of a processor that are believed at once: so that no sum overflows, whoever told them. */
    private static final long MOST_AT_ONCE = 1L << 50;

    private final PluginId id;
    private final long window;
    private volatile int percent;
    private volatile boolean holds;
    private volatile long heldUntil;

    // Guarded by this.
    private long credit;
    private long at;
    private long used;
    private long held;
    private long holdCount;
    private long bucket;
    private long inBucket;
    private long inBucketBefore;

    /**
     * @param window in nanoseconds
     * @param percent of one core
     */
    CpuBudget(PluginId id, long window, int percent, long now) {
        this.id = id;
        this.window = window;
        this.percent = percent;
        this.credit = most();
        this.at = now;
        this.bucket = Math.floorDiv(now, window);
    }

    public PluginId id() {
        return id;
    }

    /** Over which it is held to its limit. */
    public Duration window() {
        return Duration.ofNanos(window);
    }

    /** Percent of one core that it may use. */
    public int percent() {
        return percent;
    }

    /** Let it use {@code percent} of one core from now on; what it used too much before is not forgotten. */
    public synchronized void limit(int limit, long now) {
        refill(now);
        percent = limit;
        credit = Math.min(credit, most());
        decide(now);
    }

    /** It used {@code told} nanoseconds of a processor; what nobody can have used counts as nothing, or as the most that is believed. */
    public synchronized void charge(long told, long now) {
        long nanos = Math.max(0, Math.min(told, MOST_AT_ONCE));
        refill(now);
        credit = Math.max(-MOST_WINDOWS * most(), credit - nanos);
        used = Math.min(used + nanos, Long.MAX_VALUE / 2);
        roll(now);
        inBucket = Math.min(inBucket + nanos, Long.MAX_VALUE / 2);
        decide(now);
    }

    /** For how many nanoseconds from {@code now} on nothing of it is to begin; 0 where it may. */
    public long hold(long now) {
        return holds ? Math.max(0, heldUntil - now) : 0;
    }

    /** Processor time that it used in all, in nanoseconds. */
    public synchronized long used() {
        return used;
    }

    /** For how long it was held back in all, in nanoseconds, what has been decided and is yet to come included. */
    public synchronized long held() {
        return held;
    }

    /** How often it was held back. */
    public synchronized long holdCount() {
        return holdCount;
    }

    /** Percent of one core that it used over the last window. */
    public synchronized double recent(long now) {
        roll(now);
        double passed = (double) Math.floorMod(now, window) / window;
        return (inBucket + inBucketBefore * (1 - passed)) * PERCENT / window;
    }

    private long most() {
        return window / PERCENT * percent;
    }

    private void refill(long now) {
        long passed = now - at;
        if (passed <= 0) {
            return;
        }
        at = now;
        // More than a window's worth is never kept, so that the product can't be too large either.
        long grown = (long) ((double) passed * percent / PERCENT);
        credit = Math.min(most(), credit + grown);
    }

    private void roll(long now) {
        long current = Math.floorDiv(now, window);
        // Who read the clock first may come second.
        if (current > bucket) {
            inBucketBefore = current == bucket + 1 ? inBucket : 0;
            inBucket = 0;
            bucket = current;
        }
    }

    private void decide(long now) {
        if (credit >= 0) {
            holds = false;
            return;
        }
        long wait = (long) ((double) (most() / PIECES - credit) * PERCENT / percent);
        long before = hold(now);
        held += wait - before;
        if (before == 0) {
            holdCount++;
        }
        heldUntil = now + wait;
        holds = true;
    }
}
