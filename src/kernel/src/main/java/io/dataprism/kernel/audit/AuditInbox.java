package io.dataprism.kernel.audit;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What waits to be written. Who puts something in never waits; where there is no room any more it is counted, and the counts become lines once there is. Safe
 * to use from any thread; one takes.
 */
final class AuditInbox {
    private static final int MOST_ACTORS = 1_000;
    private static final Actor OTHERS = new Actor(Actor.Kind.KERNEL, "others", "");

    private final int capacity;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Deque<Timed> lines = new ArrayDeque<>();
    private final DenialTally denials = new DenialTally();
    private final Map<Actor, Long> lost = new HashMap<>();
    private boolean woken;
    private boolean flushed;
    private boolean closed;

    AuditInbox(int capacity, Clock clock, LongSupplier nanos) {
        this.capacity = capacity;
        this.clock = clock;
        this.nanos = nanos;
    }

    synchronized void add(AuditEntry entry) {
        if (lines.size() >= capacity) {
            lose(entry);
        } else {
            lines.add(new Timed(clock.instant(), entry));
            notifyAll();
        }
    }

    synchronized void deny(AuditEntry entry) {
        boolean first = denials.isEmpty();
        if (!denials.add(entry, clock.instant(), nanos.getAsLong())) {
            lose(entry);
        } else if (first) {
            notifyAll();
        }
    }

    private void lose(AuditEntry entry) {
        Actor whose = lost.containsKey(entry.who()) || lost.size() < MOST_ACTORS ? entry.who() : OTHERS;
        lost.merge(whose, entry.count(), Long::sum);
    }

    /** Have the taker come at once, and take everything. */
    synchronized void ask() {
        woken = true;
        flushed = true;
        notifyAll();
    }

    /** Nothing comes any more. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /**
     * Wait until there is something to take, somebody asks for it, it is over, or {@code nanosecond} is there.
     *
     * @param patient whether what there is to take waits for the others
     * @return whether more may come
     */
    synchronized boolean await(long nanosecond, boolean patient) throws InterruptedException {
        while (!closed && !woken && (patient || lines.isEmpty())) {
            long now = nanos.getAsLong();
            long left = Math.min(nanosecond - now, patient ? Long.MAX_VALUE : denials.dueIn(now));
            if (left <= 0) {
                break;
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
        }
        woken = false;
        return !closed;
    }

    /**
     * Take the oldest lines, with the denials that are lines by now, or with all where somebody asked for that or it is over.
     *
     * @param most so many of the lines
     */
    synchronized List<Timed> take(int most) {
        List<Timed> taken = new ArrayList<>();
        while (taken.size() < most && !lines.isEmpty()) {
            taken.add(lines.remove());
        }
        if (lines.isEmpty()) {
            taken.addAll(denials.take(nanos.getAsLong(), flushed || closed));
            lost.forEach((who, count) -> taken.add(new Timed(clock.instant(), lost(who, count))));
            lost.clear();
            flushed = false;
        }
        return taken;
    }

    private AuditEntry lost(Actor who, long count) {
        return new AuditEntry(
                Actor.KERNEL,
                "audit-lost",
                who.label(),
                Decision.LOST,
                "so many lines about what it did are missing before this one: " + capacity
                        + " waited for the disk already, which is the most. The node's log says why",
                "",
                count);
    }
}
