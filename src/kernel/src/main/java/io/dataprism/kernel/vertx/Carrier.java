package io.dataprism.kernel.vertx;

import io.vertx.core.impl.VertxThread;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A thread that runs slices. It is one of Vert.x's own thread class, so that dispatching keeps the context in a field and blocking
 * calls such as {@code Future.await} are refused with Vert.x's own words.
 */
final class Carrier extends VertxThread {
    private final CarrierGroup group;
    private final CleanThread asMade;
    /** Not the thread's own monitor, which whoever runs on it may hold for ever. */
    private final Object lock = new Object();

    /** The mailbox whose slice runs; null between slices. */
    volatile @Nullable SerialMailbox running;

    private volatile long runningSince;

    /** The slice that was found waiting last, by its begin. Of the watch. */
    private long foundWaiting;

    /** Set when this carrier is to end once its slice does. */
    volatile boolean retired;

    /** Set when its slice was given up on, and no longer counts as work. */
    volatile boolean abandoned;

    /** Whether it waits without a time-out and must be woken. */
    volatile boolean asleep;

    /** What its slices made ready, oldest first. */
    final ConcurrentLinkedQueue<SerialMailbox> own = new ConcurrentLinkedQueue<>();

    /** Whether this slice made a mailbox ready. */
    boolean deferred;

    /** How often it looked for a mailbox. */
    int turns;

    /** What its slices use. */
    final SliceUse use = new SliceUse();

    /** How many entries it has put into mailboxes. */
    long moved;

    Carrier(CarrierGroup group, String name, ClassLoader loader) {
        super(group::carry, name, true, Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        this.group = group;
        setDaemon(true);
        setContextClassLoader(loader);
        this.asMade = new CleanThread(this);
    }

    void run(SerialMailbox mailbox) {
        runningSince = System.nanoTime();
        running = mailbox;
        try {
            mailbox.runSlice();
        } finally {
            synchronized (lock) {
                running = null;
            }
            asMade.restore(this);
        }
    }

    /**
     * Give up on this carrier if it runs {@code mailbox}; not so when that slice has ended meanwhile, and another's may run. It runs nothing
     * else then, so that the interruption may come late.
     */
    boolean giveUpOn(SerialMailbox mailbox) {
        synchronized (lock) {
            if (running != mailbox || abandoned) {
                return false;
            }
            abandoned = true;
            Interruption.of(this);
            return true;
        }
    }

    /** Whose slice has run for longer than {@code nanos}; null when none has. */
    @Nullable
    SerialMailbox heldUpBy(long now, long nanos) {
        SerialMailbox mailbox = running;
        return mailbox != null && now - runningSince >= nanos ? mailbox : null;
    }

    /** Whether its slice waits for something, and was not found waiting before. For the watch. */
    boolean isFoundWaiting() {
        long since = runningSince;
        State state = getState();
        if (since == foundWaiting || state == State.RUNNABLE || state == State.TERMINATED) {
            return false;
        }
        foundWaiting = since;
        return true;
    }

    CarrierGroup group() {
        return group;
    }
}
