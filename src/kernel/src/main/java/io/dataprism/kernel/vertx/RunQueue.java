package io.dataprism.kernel.vertx;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The mailboxes that wait for a carrier, and the carriers that wait for one.
 *
 * <p>Waking a thread costs more than a slice of small messages, so a carrier that makes mailboxes ready does not wake others at
 * once: it takes them itself when its slice ends. One idle carrier stands sentinel and looks every 100 µs while another runs, so that
 * nothing waits behind a slice that takes long; the others sleep. Whoever was woken becomes sentinel before it takes anything, and
 * wakes the next one when it goes to work: so there is always somebody who looks, as long as anybody is idle.
 */
final class RunQueue {
    private static final int DEFERRED_WAKES = 64;
    private static final long LOOK = 100_000;
    private static final long LONGEST_LOOK = 1_000_000;

    private final Parking parking;
    private final ConcurrentLinkedQueue<SerialMailbox> ready = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Carrier> sleepers = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Carrier> sentinel = new AtomicReference<>();
    /** How many slices run that were not given up on. */
    private final AtomicInteger active = new AtomicInteger();

    private volatile boolean closed;

    RunQueue(Parking parking) {
        this.parking = parking;
    }

    boolean isEmpty() {
        return ready.isEmpty();
    }

    /** Nobody waits any more. Wake the carriers after this. */
    void close() {
        closed = true;
    }

    /** Put {@code mailbox} at the end; somebody will take it. */
    void add(SerialMailbox mailbox, @Nullable Carrier by) {
        ready.add(mailbox);
        if (by != null && by.running != null && !by.abandoned) {
            defer(by);
        } else {
            wakeOne();
        }
    }

    /** The same by a carrier whose slice of {@code mailbox} ends, and which looks here next. */
    void addBehind(SerialMailbox mailbox) {
        ready.add(mailbox);
    }

    private void defer(Carrier carrier) {
        int deferred = ++carrier.deferred;
        if (deferred == 1) {
            // The sentinel begins to look from now on, in case this slice blocks after having sent.
            Carrier first = sentinel.get();
            if (first != null && first.asleep) {
                parking.unpark(first);
            }
        } else if (deferred >= DEFERRED_WAKES) {
            carrier.deferred = 1;
            wakeOne();
        }
    }

    void wakeOne() {
        Carrier first = sentinel.get();
        if (first != null) {
            parking.unpark(first);
        } else {
            wakeSleeper();
        }
    }

    private void wakeSleeper() {
        Carrier next = sleepers.poll();
        if (next != null) {
            parking.unpark(next);
        }
    }

    @Nullable
    SerialMailbox poll() {
        return ready.poll();
    }

    /** Wait for a mailbox; null once {@code self} is to look around: it was woken, it is to end, or all is closed. */
    @Nullable
    SerialMailbox await(Carrier self) {
        while (!closed && !self.retired) {
            SerialMailbox mailbox = sentinel.compareAndSet(null, self) ? stand(self) : sleep(self);
            if (mailbox != null) {
                return mailbox;
            }
        }
        return null;
    }

    private @Nullable SerialMailbox stand(Carrier self) {
        long look = LOOK;
        while (true) {
            self.asleep = true;
            SerialMailbox mailbox = ready.poll();
            if (mailbox != null || closed || self.retired) {
                self.asleep = false;
                sentinel.set(null);
                // The next one takes this one's place, if one sleeps.
                wakeSleeper();
                return mailbox;
            }
            if (active.get() > 0) {
                self.asleep = false;
                parking.park(self, look);
                look = Math.min(LONGEST_LOOK, look + look / 8);
            } else {
                parking.park(self);
                look = LOOK;
            }
        }
    }

    private @Nullable SerialMailbox sleep(Carrier self) {
        sleepers.add(self);
        SerialMailbox mailbox = ready.poll();
        if (mailbox == null && sentinel.get() != null && !closed && !self.retired) {
            parking.park(self);
        }
        if (!sleepers.remove(self) && mailbox != null) {
            // It was woken for something else than what it found.
            wakeOne();
        }
        return mailbox;
    }

    /** A slice begins on {@code carrier}. */
    void began(Carrier carrier) {
        active.incrementAndGet();
        carrier.deferred = 0;
    }

    /** It ended, or was given up on: whoever waits for what it made ready is not to wait for its end. */
    void ended() {
        active.decrementAndGet();
    }

    /** The same for a slice that goes on without being counted. */
    void gaveUp() {
        active.decrementAndGet();
        wakeOne();
    }

    /** {@code carrier} is gone. */
    void left(Carrier carrier) {
        sentinel.compareAndSet(carrier, null);
        sleepers.remove(carrier);
        wakeOne();
    }
}
