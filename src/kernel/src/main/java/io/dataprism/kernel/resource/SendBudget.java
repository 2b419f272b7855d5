package io.dataprism.kernel.resource;

import io.dataprism.api.PluginId;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How many messages one plugin may send in a second: a credit, as for {@link CpuBudget processor time}, of which each message takes its part. Looked at between slices
 * and not at each message, so that sending costs nothing. Safe to use from any thread.
 */
public final class SendBudget {
    private static final int WHOLE = 100;
    private static final double SECOND = Duration.ofSeconds(1).toNanos();

    private final Tally tally;
    private final LongSupplier sent;
    private final CpuBudget credit;
    private final AtomicLong charged = new AtomicLong();
    private final AtomicLong before = new AtomicLong();
    private volatile long lookedAt = System.nanoTime();

    /**
     * @param sent how many it has sent so far
     */
    public SendBudget(PluginId id, Tally tally, LongSupplier sent) {
        this.tally = tally;
        this.sent = sent;
        this.credit = new CpuBudget(id, (long) SECOND, WHOLE, System.nanoTime());
        this.charged.set(sent.getAsLong());
        this.before.set(charged.get());
    }

    private boolean isLimited() {
        return tally.limit(Countable.MESSAGES) != Integer.MAX_VALUE;
    }

    /** Take off what it has sent since this was asked last. */
    public void charge() {
        long now = sent.getAsLong();
        long since = now - charged.getAndAccumulate(now, Math::max);
        if (since > 0 && isLimited()) {
            credit.charge((long) (since * (SECOND / tally.limit(Countable.MESSAGES))), System.nanoTime());
        }
    }

    /** For how many nanoseconds it is to send nothing more. */
    public long hold() {
        return isLimited() ? credit.hold(System.nanoTime()) : 0;
    }

    /** How often it was held back. */
    public long holdCount() {
        return credit.holdCount();
    }

    /** How many it may send in a second. */
    public int limit() {
        return tally.limit(Countable.MESSAGES);
    }

    /** Note how many it sends in a second; by one thread, about once a second. */
    public void look() {
        long now = System.nanoTime();
        long all = sent.getAsLong();
        double seconds = (now - lookedAt) / SECOND;
        if (seconds > 0) {
            tally.has(Countable.MESSAGES, (int) Math.min(Integer.MAX_VALUE, (all - before.getAndSet(all)) / seconds));
            lookedAt = now;
        }
    }
}
