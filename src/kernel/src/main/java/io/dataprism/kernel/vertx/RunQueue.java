package io.dataprism.kernel.vertx;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The mailboxes that wait for a carrier, and the carriers that wait for one.
 *
 * <p>What a slice makes ready waits at its carrier, which runs it when the slice ends: waking a thread costs more than a slice of small
 * messages, and a message that another processor reads costs more than the message. Others take from there what has waited for long, or what
 * works long on each message, which is worth another processor. What was made ready elsewhere is anybody's. Whose last slice took long waits apart,
 * for whichever carrier comes first, and is due only as much later as that slice took, and so does whose hook says that it had more than its share: so what is done soon neither waits behind it nor with it at a
 * carrier that is busy, and it still has its turn when there is always something that is done sooner. Of its own, anybody's and those a carrier takes
 * what has been due longest.
 *
 * <p>One idle carrier stands sentinel and looks every 100 µs while another runs, so that nothing waits behind a slice that takes long; the
 * others sleep. Whoever was woken becomes sentinel before it takes anything, and wakes the next one when it goes to work: so there is always
 * somebody who looks, as long as anybody is idle.
 */
final class RunQueue {
    private static final long LOOK = 100_000;
    private static final long LONGEST_LOOK = 1_000_000;
    /** What has waited so long at its carrier, others take. */
    private static final long LONG = 500_000;
    /** What takes long is due later by as much as its last slice took, and by so much at most. */
    private static final long LATEST = 10_000_000;
    /** Also who has work of its own looks at what waits elsewhere, after so many slices. */
    private static final int OWN_TURNS = 16;

    private final Parking parking;
    private final ConcurrentLinkedQueue<SerialMailbox> anybodys = new ConcurrentLinkedQueue<>();
    /** Of these the last slice took long. */
    private final ConcurrentLinkedQueue<SerialMailbox> longOnes = new ConcurrentLinkedQueue<>();

    private final List<Carrier> carriers = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Carrier> sleepers = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Carrier> sentinel = new AtomicReference<>();
    /** How many slices run that were not given up on. */
    private final AtomicInteger active = new AtomicInteger();

    private volatile boolean closed;

    RunQueue(Parking parking) {
        this.parking = parking;
    }

    boolean isEmpty() {
        if (!anybodys.isEmpty() || !longOnes.isEmpty()) {
            return false;
        }
        for (Carrier carrier : carriers) {
            if (!carrier.own.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Whether no slice runs, but those that were given up on, and none waits. */
    boolean isQuiet() {
        return active.get() == 0 && isEmpty();
    }

    /** Nobody waits any more. Wake the carriers after this. */
    void close() {
        closed = true;
    }

    /** {@code carrier} begins its life. */
    void joined(Carrier carrier) {
        carriers.add(carrier);
    }

    /** Put {@code mailbox} at the end; somebody will take it. */
    void add(SerialMailbox mailbox, @Nullable Carrier by) {
        if (isLong(mailbox)) {
            wakeOne();
        } else if (by != null && by.running != null && !by.abandoned) {
            by.own.add(mailbox);
            if (by.abandoned) {
                // Whoever gave up on it may have looked before.
                disown(by);
                wakeOne();
            } else {
                defer(by);
            }
        } else {
            anybodys.add(mailbox);
            wakeOne();
        }
    }

    /** The same by a carrier whose slice of {@code mailbox} ends, and which looks here next. */
    void addBehind(SerialMailbox mailbox, Carrier by) {
        if (isLong(mailbox)) {
            if (by.abandoned || !by.own.isEmpty() || !anybodys.isEmpty()) {
                wakeOne();
            }
        } else if (by.abandoned) {
            anybodys.add(mailbox);
            wakeOne();
        } else {
            by.own.add(mailbox);
            if (by.abandoned) {
                disown(by);
                wakeOne();
            }
        }
    }

    /** Whether {@code mailbox}, which is ready now, waits with those whose last slice took long, or that had more than their share. */
    private boolean isLong(SerialMailbox mailbox) {
        long slice = mailbox.lastSlice();
        long later = Math.max(slice < LONG ? 0 : slice, mailbox.lateness());
        mailbox.dueSince = parking.now();
        if (later == 0) {
            return false;
        }
        mailbox.dueSince += Math.min(later, LATEST);
        longOnes.add(mailbox);
        return true;
    }

    private void defer(Carrier carrier) {
        if (!carrier.deferred) {
            carrier.deferred = true;
            // The sentinel begins to look from now on, in case this slice blocks after having sent.
            Carrier first = sentinel.get();
            if (first != null && first.asleep) {
                parking.unpark(first);
            }
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

    /** The next for {@code self}, which has nothing to do; null where it finds none. */
    @Nullable
    SerialMailbox find(Carrier self) {
        SerialMailbox mailbox = poll(self);
        return mailbox != null ? mailbox : takeOver(self);
    }

    /** Of what it may take at any time, what has been due longest. */
    private @Nullable SerialMailbox poll(Carrier self) {
        if (++self.turns % OWN_TURNS == 0) {
            SerialMailbox elsewhere = takeOver(self);
            if (elsewhere != null) {
                return elsewhere;
            }
        }
        while (true) {
            Queue<SerialMailbox> first = dueFirst(dueFirst(self.own, anybodys), longOnes);
            if (first == null) {
                return null;
            }
            SerialMailbox next = first.poll();
            // Another carrier may have been quicker.
            if (next != null) {
                return next;
            }
        }
    }

    /** That of the two whose first has been due longer, the one itself where it is as long; null where nothing waits in either. */
    private static @Nullable Queue<SerialMailbox> dueFirst(
            @Nullable Queue<SerialMailbox> one, Queue<SerialMailbox> other) {
        SerialMailbox ones = one == null ? null : one.peek();
        SerialMailbox others = other.peek();
        if (others == null) {
            return ones == null ? null : one;
        }
        return ones != null && ones.dueSince - others.dueSince <= 0 ? one : other;
    }

    /** What waits at a carrier that is busy with something else, and is worth another one. */
    private @Nullable SerialMailbox takeOver(Carrier self) {
        long now = 0;
        for (Carrier carrier : carriers) {
            SerialMailbox first = carrier == self ? null : carrier.own.peek();
            if (first != null) {
                now = now == 0 ? parking.now() : now;
                if ((first.isHeavy() || now - first.dueSince >= LONG) && carrier.own.remove(first)) {
                    return first;
                }
            }
        }
        return null;
    }

    /** What waits at {@code carrier} is anybody's from now on. */
    private void disown(Carrier carrier) {
        SerialMailbox mailbox = carrier.own.poll();
        while (mailbox != null) {
            anybodys.add(mailbox);
            mailbox = carrier.own.poll();
        }
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
            SerialMailbox mailbox = find(self);
            if (mailbox != null || closed || self.retired) {
                self.asleep = false;
                sentinel.set(null);
                // The next one takes this one's place, if one sleeps.
                wakeSleeper();
                return mailbox;
            }
            // Also while one between two slices has more waiting at it: its next slice may wait for what it leaves.
            if (active.get() > 0 || !isEmpty()) {
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
        SerialMailbox mailbox = find(self);
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
        carrier.deferred = false;
        carrier.moved = 0;
    }

    /** It ended, or was given up on: whoever waits for what it made ready is not to wait for its end. */
    void ended() {
        active.decrementAndGet();
    }

    /** The same for a slice that goes on without being counted. */
    void gaveUp(Carrier carrier) {
        active.decrementAndGet();
        disown(carrier);
        wakeOne();
    }

    /** {@code carrier} is gone. */
    void left(Carrier carrier) {
        carriers.remove(carrier);
        disown(carrier);
        sentinel.compareAndSet(carrier, null);
        sleepers.remove(carrier);
        wakeOne();
    }
}
