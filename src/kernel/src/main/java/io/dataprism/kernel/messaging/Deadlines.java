package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import io.dataprism.kernel.logging.LogLimit;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends waits whose deadline passed, to within 10 ms. One plain thread looks through the parties that wait for something, and sleeps while
 * none does; a call costs no timer.
 */
final class Deadlines implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);
    private static final long LOOK_NANOS = 10_000_000;
    private static final Duration LONGEST = Duration.ofDays(365);

    private final LogLimit logged = new LogLimit();
    private final Set<Party> waiting = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean asleep;
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

    /** Watch a party that began to wait. */
    void watch(Party party) {
        waiting.add(party);
        if (asleep) {
            LockSupport.unpark(thread);
        }
    }

    private void watch() {
        while (!closed) {
            asleep = true;
            if (waiting.isEmpty()) {
                LockSupport.park(this);
                continue;
            }
            asleep = false;
            LockSupport.parkNanos(this, LOOK_NANOS);
            long now = System.nanoTime();
            waiting.forEach(party -> look(party, now));
        }
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
