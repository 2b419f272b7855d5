package io.dataprism.kernel.vertx;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The carriers and their run queue.
 *
 * <p>Waking a thread costs more than a slice of small messages, so a carrier that makes mailboxes ready does not wake others at
 * once: it takes them itself when its slice ends. One idle carrier stands sentinel and looks every 100 µs while
 * another runs, so that nothing waits behind a slice that takes long. A watch on a plain thread starts another carrier when all are
 * held up and work waits.
 */
final class CarrierGroup implements SliceScheduler, AutoCloseable {
    private static final int DEFERRED_WAKES = 64;
    private static final long LOOK = 100_000;
    private static final long LONGEST_LOOK = 1_000_000;
    private static final long HELD_UP = 20_000_000;
    private static final long WATCH_MILLIS = 10;
    private static final int MOST_EXTRA = 256;

    private final int size;
    private final ConcurrentLinkedQueue<SerialMailbox> ready = new ConcurrentLinkedQueue<>();
    private final Set<Carrier> carriers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger active = new AtomicInteger();
    private final AtomicInteger live = new AtomicInteger();
    private final AtomicInteger names = new AtomicInteger();
    private final AtomicReference<Carrier> sentinel = new AtomicReference<>();
    private final ConcurrentLinkedQueue<Carrier> sleepers = new ConcurrentLinkedQueue<>();
    private final ClassLoader loader;
    private final Thread watch;
    private volatile boolean closed;

    CarrierGroup(int size) {
        this.size = size;
        this.loader = CarrierGroup.class.getClassLoader();
        for (int i = 0; i < size; i++) {
            start();
        }
        watch = new Thread(this::watch, "dataprism-carrier-watch");
        watch.setDaemon(true);
        watch.start();
    }

    @Override
    public void ready(SerialMailbox mailbox) {
        ready.add(mailbox);
        if (Thread.currentThread() instanceof Carrier carrier && carrier.group() == this && carrier.running != null) {
            defer(carrier);
        } else {
            wakeOne();
        }
    }

    @Override
    public void again(SerialMailbox mailbox) {
        ready.add(mailbox);
    }

    private void defer(Carrier carrier) {
        int deferred = ++carrier.deferred;
        if (deferred == 1) {
            // The sentinel begins to look from now on, in case this slice blocks after having sent.
            Carrier first = sentinel.get();
            if (first != null && first.asleep) {
                first.wake();
            }
        } else if (deferred >= DEFERRED_WAKES) {
            carrier.deferred = 1;
            wakeOne();
        }
    }

    private void wakeOne() {
        Carrier first = sentinel.get();
        if (first != null) {
            first.wake();
            return;
        }
        Carrier other = sleepers.poll();
        if (other != null) {
            other.wake();
        }
    }

    /** A carrier's life. */
    void carry() {
        Carrier self = (Carrier) Thread.currentThread();
        try {
            while (!closed && !self.retired) {
                SerialMailbox mailbox = ready.poll();
                if (mailbox == null) {
                    mailbox = idle(self);
                }
                if (mailbox != null) {
                    active.incrementAndGet();
                    self.deferred = 0;
                    self.run(mailbox);
                    if (!self.abandoned) {
                        active.decrementAndGet();
                    }
                }
            }
        } finally {
            end(self);
        }
    }

    private void end(Carrier self) {
        carriers.remove(self);
        if (!self.retired) {
            live.decrementAndGet();
        }
        sentinel.compareAndSet(self, null);
        sleepers.remove(self);
        wakeOne();
    }

    /** Wait for work; nothing when the carrier should look around: it is one too many, or the group closes. */
    private @Nullable SerialMailbox idle(Carrier self) {
        if (self.retired || (live.get() > size && retire(self, size))) {
            return null;
        }
        if (!sentinel.compareAndSet(null, self)) {
            return sleep(self);
        }
        long look = LOOK;
        while (true) {
            self.asleep = true;
            SerialMailbox mailbox = ready.poll();
            if (mailbox != null || closed || self.retired) {
                self.asleep = false;
                sentinel.set(null);
                promote();
                return mailbox;
            }
            if (active.get() > 0) {
                self.asleep = false;
                LockSupport.parkNanos(this, look);
                look = Math.min(LONGEST_LOOK, look + look / 8);
            } else {
                LockSupport.park(this);
                look = LOOK;
            }
        }
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

    private @Nullable SerialMailbox sleep(Carrier self) {
        sleepers.add(self);
        SerialMailbox mailbox = ready.poll();
        if (mailbox == null && sentinel.get() != null && !closed) {
            LockSupport.park(this);
        }
        sleepers.remove(self);
        return mailbox;
    }

    /** The sentinel goes to work: the next one takes its place, if one sleeps. */
    private void promote() {
        Carrier next = sleepers.poll();
        if (next != null) {
            next.wake();
        }
    }

    private void start() {
        Carrier carrier = new Carrier(this, "dataprism-carrier-" + names.incrementAndGet(), loader);
        carriers.add(carrier);
        live.incrementAndGet();
        carrier.start();
    }

    /** Give up on whichever carrier runs {@code mailbox}: it is interrupted, ends when its slice does, and another takes its place. */
    void abandon(SerialMailbox mailbox) {
        for (Carrier carrier : carriers) {
            if (carrier.giveUpOn(mailbox)) {
                // It is stuck, which is not work that others should look out for.
                active.decrementAndGet();
                retire(carrier, 0);
                if (!closed && live.get() < size) {
                    start();
                }
            }
        }
    }

    /** Replace every carrier, each once its slice has ended: what plugins left in thread locals goes with the old ones. */
    void renew() {
        for (Carrier carrier : carriers) {
            if (retire(carrier, 0)) {
                if (!closed) {
                    start();
                }
                carrier.wake();
            }
        }
    }

    private void watch() {
        while (!closed) {
            LockSupport.parkNanos(this, WATCH_MILLIS * 1_000_000);
            if (!ready.isEmpty() && live.get() < size + MOST_EXTRA && allHeldUp()) {
                start();
            }
        }
    }

    private boolean allHeldUp() {
        long now = System.nanoTime();
        for (Carrier carrier : carriers) {
            if (!carrier.retired && (carrier.running == null || now - carrier.runningSince < HELD_UP)) {
                return false;
            }
        }
        return true;
    }

    int liveCarriers() {
        return live.get();
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(watch);
        for (Carrier carrier : carriers) {
            carrier.wake();
        }
    }
}
