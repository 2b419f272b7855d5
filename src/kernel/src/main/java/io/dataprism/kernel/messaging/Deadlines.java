package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import io.dataprism.kernel.logging.LogLimit;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends waits whose deadline passed, to within 10 ms. One plain thread looks through the parties that wait for something: closely while a deadline
 * is near, seldom while none is, and not at all while nobody waits. A call costs no timer.
 */
final class Deadlines implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);
    private static final long LOOK_NANOS = 10_000_000;
    /** How long it rests while no deadline is nearer. */
    private static final long REST_NANOS = 200_000_000;
    /** So many looks that see no near deadline come before a rest, so that short waits one after the other do not wake it each. */
    private static final int LOOKS_BEFORE_REST = 20;

    private static final long FOREVER = Long.MAX_VALUE / 2;
    private static final Duration LONGEST = Duration.ofDays(365);

    private final LogLimit logged = new LogLimit();
    private final Set<Party> waiting = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    /** It may sleep until then: who waits for something before that wakes it. */
    private volatile long until = System.nanoTime();

    private volatile boolean closed;

    /** A timeout in nanoseconds that can be added to the clock: a year at most. */
    static long nanos(Duration timeout) {
        return (timeout.compareTo(LONGEST) > 0 ? LONGEST : timeout).toNanos();
    }

    Deadlines(String node) {
        thread = new Thread(this::watch, "dataprism-deadlines-" + node);
        thread.setDaemon(true);
        thread.start();
    }

    /** Watch a party that began to wait, or that waits for something nearer than before, which is {@code due}. */
    void watch(Party party, long due) {
        waiting.add(party);
        // Either the look sees what was added before this, or this sees how long the thread means to sleep after it.
        VarHandle.fullFence();
        if (due - until < 0) {
            LockSupport.unpark(thread);
        }
    }

    private void watch() {
        int far = 0;
        while (!closed) {
            boolean closely = far < LOOKS_BEFORE_REST;
            long now = System.nanoTime();
            until = now + (closely ? LOOK_NANOS : FOREVER);
            VarHandle.fullFence();
            boolean near = lookAtAll(now) - now < REST_NANOS;
            far = near ? 0 : Math.min(far + 1, LOOKS_BEFORE_REST);
            LockSupport.parkNanos(this, closely || near ? LOOK_NANOS : waiting.isEmpty() ? FOREVER : REST_NANOS);
        }
    }

    /** End what is late; when the next deadline of those that wait is. */
    private long lookAtAll(long now) {
        long next = now + FOREVER;
        for (Party party : waiting) {
            look(party, now);
            long due = party.pending.earliest(now + FOREVER);
            next = due - next < 0 ? due : next;
        }
        return next;
    }

    private void look(Party party, long now) {
        try {
            party.pending.failLate(now, Deadlines::late);
        } catch (RuntimeException | Error e) {
            // Whatever one wait does, the others have their deadlines.
            // For example: the host's verticle that waits has ended, and its worker pool takes nothing more.
            logged.say(
                    party.caller.toString(),
                    more -> LOG.error(
                            "A wait of {} whose deadline passed could not be ended{}", party.caller, more, e));
        }
        boolean idle = party.pending.seemsEmpty() && party.pending.isEmpty();
        if (idle && waiting.remove(party) && !party.pending.isEmpty()) {
            waiting.add(party);
        }
    }

    private static CallException late(PendingReply<?> reply) {
        return reply.lateness(System.nanoTime()).orElseGet(() -> passed(reply));
    }

    private static CallException passed(PendingReply<?> reply) {
        return new CallException(
                FailureKind.LATE,
                "No answer from " + reply.what() + " by the deadline."
                        + WaitChain.of(reply)
                                .map(chain -> " " + chain)
                                .orElse(" Allow more time, or look at what it is busy with."));
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
