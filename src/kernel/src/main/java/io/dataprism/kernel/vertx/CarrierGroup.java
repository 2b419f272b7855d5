package io.dataprism.kernel.vertx;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The carriers of one {@link RunQueue}: so many, more while all of them are held up and work waits, and another one for each that was
 * given up on or is replaced. A watch on a plain thread sees to that.
 */
final class CarrierGroup implements SliceScheduler, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CarrierGroup.class);
    private static final long WATCH_NANOS = 10_000_000;
    private static final long REST_NANOS = 200_000_000;
    /** After so long a carrier that a slice holds does not count any more, and another one takes its place until it comes back. */
    private static final long LOST_NANOS = 1_000_000_000;
    /** After so many looks at which nothing ran the watch rests until something does. */
    private static final int QUIET_LOOKS = 10;

    /**
     * How many carriers there are.
     *
     * @param usual as many always
     * @param most as many at most, while all are held up
     * @param heldUpNanos how long a slice takes that holds its carrier up
     */
    record Size(int usual, int most, long heldUpNanos) {}

    private final String name;
    private final Size size;
    private final Consumer<SerialMailbox> waiting;
    private final Parking parking;
    private final RunQueue queue;
    private final Set<Carrier> carriers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger live = new AtomicInteger();
    private final AtomicInteger names = new AtomicInteger();
    private final ClassLoader loader = CarrierGroup.class.getClassLoader();
    private @Nullable Thread watch;
    /** Whether the watch waits until something runs. */
    private volatile boolean resting;

    private volatile boolean closed;

    /** How many carriers do not count for the time being. */
    private volatile int lost;

    /**
     * @param name what the threads are called, before their number
     * @param waiting told of each mailbox whose slice is found waiting, with its carrier; on the watch's thread
     */
    CarrierGroup(String name, Size size, Consumer<SerialMailbox> waiting) {
        this(name, size, waiting, Parking.OF_THREADS);
    }

    CarrierGroup(String name, Size size, Consumer<SerialMailbox> waiting, Parking parking) {
        this.name = name;
        this.size = size;
        this.waiting = waiting;
        this.parking = parking;
        this.queue = new RunQueue(parking);
        for (int i = 0; i < size.usual(); i++) {
            start();
        }
    }

    /** Start the watch. */
    CarrierGroup watched() {
        Thread made = new Thread(this::watch, name + "watch");
        made.setDaemon(true);
        watch = made;
        made.start();
        return this;
    }

    @Override
    public void ready(SerialMailbox mailbox) {
        queue.add(mailbox, ours());
    }

    @Override
    public void again(SerialMailbox mailbox) {
        Carrier carrier = ours();
        if (carrier != null) {
            queue.addBehind(mailbox, carrier);
        } else {
            queue.add(mailbox, null);
        }
    }

    private @Nullable Carrier ours() {
        return Thread.currentThread() instanceof Carrier carrier && carrier.group() == this ? carrier : null;
    }

    /** A carrier's life. */
    void carry() {
        Carrier self = (Carrier) Thread.currentThread();
        try {
            while (!closed && !self.retired) {
                SerialMailbox mailbox = queue.find(self);
                if (mailbox == null) {
                    self.use.tell();
                    mailbox = idle(self);
                }
                if (mailbox != null) {
                    run(self, mailbox);
                }
            }
        } finally {
            self.use.tell();
            carriers.remove(self);
            retire(self, 0);
            queue.left(self);
        }
    }

    private void run(Carrier self, SerialMailbox mailbox) {
        queue.began(self);
        // After that, so that the watch either sees it run or is seen resting
        if (resting) {
            resting = false;
            LockSupport.unpark(watch);
        }
        try {
            self.run(mailbox);
        } catch (Throwable broken) {
            // What plugins throw is caught before; a carrier that ended by this would be missing.
            LOG.error("A slice broke off", broken);
        } finally {
            if (!self.abandoned) {
                queue.ended();
            }
        }
    }

    private @Nullable SerialMailbox idle(Carrier self) {
        int wanted = size.usual() + lost;
        return live.get() > wanted && retire(self, wanted) ? null : queue.await(self);
    }

    /** Let {@code carrier} end after its slice, if it is not to end already and more than {@code keep} live. */
    private synchronized boolean retire(Carrier carrier, int keep) {
        if (carrier.retired || live.get() <= keep) {
            return false;
        }
        carrier.retired = true;
        live.decrementAndGet();
        return true;
    }

    private void start() {
        Carrier carrier = new Carrier(this, name + names.incrementAndGet(), loader);
        carriers.add(carrier);
        queue.joined(carrier);
        live.incrementAndGet();
        carrier.start();
    }

    /** Give up on whichever carrier runs {@code mailbox}: it is interrupted, ends when its slice does, and another takes its place. */
    void abandon(SerialMailbox mailbox) {
        for (Carrier carrier : carriers) {
            if (carrier.giveUpOn(mailbox)) {
                retire(carrier, 0);
                if (!closed && live.get() < size.usual()) {
                    start();
                }
                // It is stuck, which is not work that others should look out for.
                queue.gaveUp(carrier);
            }
        }
    }

    /** Replace every carrier, each once its slice has ended: what plugins left in thread locals goes with the old ones. */
    void renew() {
        for (Carrier carrier : List.copyOf(carriers)) {
            if (retire(carrier, 0)) {
                if (!closed) {
                    start();
                }
                parking.unpark(carrier);
            }
        }
    }

    private void watch() {
        int quiet = 0;
        while (!closed) {
            if (quiet < QUIET_LOOKS) {
                LockSupport.parkNanos(this, WATCH_NANOS);
            } else {
                rest();
                quiet = 0;
            }
            SerialMailbox.UNANNOUNCED.announceAgain();
            look();
            quiet = queue.isQuiet() ? quiet + 1 : 0;
        }
    }

    private void rest() {
        resting = true;
        while (resting && !closed && queue.isQuiet() && SerialMailbox.UNANNOUNCED.isEmpty()) {
            // Nobody wakes it for those: who could not announce a mailbox could call nothing at all.
            LockSupport.parkNanos(this, REST_NANOS);
        }
        resting = false;
    }

    /** Once every few milliseconds while something runs. */
    void look() {
        long now = System.nanoTime();
        boolean allHeldUp = true;
        int missing = 0;
        for (Carrier carrier : carriers) {
            if (!carrier.retired) {
                SerialMailbox holding = carrier.heldUpBy(now, size.heldUpNanos());
                allHeldUp &= holding != null;
                missing += carrier.heldUpBy(now, LOST_NANOS) == null ? 0 : 1;
                if (holding != null && carrier.isFoundWaiting()) {
                    waiting.accept(holding);
                }
            }
        }
        lost = missing;
        boolean needed = (allHeldUp && !queue.isEmpty()) || live.get() - missing < size.usual();
        if (needed && live.get() < size.most() && !closed) {
            start();
        }
    }

    /** Whether a mailbox waits for a carrier. */
    boolean hasWork() {
        return !queue.isEmpty();
    }

    int liveCarriers() {
        return live.get();
    }

    @Override
    public void close() {
        closed = true;
        queue.close();
        LockSupport.unpark(watch);
        for (Carrier carrier : carriers) {
            parking.unpark(carrier);
        }
    }
}
