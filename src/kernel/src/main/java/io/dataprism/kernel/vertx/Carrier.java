package io.dataprism.kernel.vertx;

import io.vertx.core.impl.VertxThread;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A thread that runs slices. It is one of Vert.x's own thread class, so that dispatching keeps the context in a field and blocking
 * calls such as {@code Future.await} are refused with Vert.x's own words.
 */
final class Carrier extends VertxThread {
    private final CarrierGroup group;
    private final ClassLoader loader;

    /** The mailbox whose slice runs; null between slices. */
    volatile @Nullable SerialMailbox running;

    volatile long runningSince;

    /** Set when this carrier is to end once its slice does. */
    volatile boolean retired;

    /** Set when its slice was given up on, and no longer counts as work. */
    volatile boolean abandoned;

    /** Whether it waits without a time-out and must be woken. */
    volatile boolean asleep;

    /** How many mailboxes became ready by this slice's sending, since somebody was last woken for them. */
    int deferred;

    Carrier(CarrierGroup group, String name, ClassLoader loader) {
        super(group::carry, name, true, Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        this.group = group;
        this.loader = loader;
        setDaemon(true);
        setContextClassLoader(loader);
    }

    void run(SerialMailbox mailbox) {
        runningSince = System.nanoTime();
        running = mailbox;
        mailbox.runSlice();
        synchronized (this) {
            running = null;
        }
        clean();
    }

    /** Give up on this carrier if it runs {@code mailbox}; not so when that slice has ended meanwhile, and another's may run. */
    synchronized boolean giveUpOn(SerialMailbox mailbox) {
        if (running != mailbox || abandoned) {
            return false;
        }
        abandoned = true;
        interrupt();
        return true;
    }

    /** What a plugin changed on the thread must not meet the next one. */
    @SuppressWarnings("ThreadPriorityCheck") // back to normal, whatever the plugin made of it
    private void clean() {
        Thread.interrupted();
        if (getContextClassLoader() != loader) {
            setContextClassLoader(loader);
        }
        if (getPriority() != NORM_PRIORITY) {
            setPriority(NORM_PRIORITY);
        }
    }

    void wake() {
        LockSupport.unpark(this);
    }

    CarrierGroup group() {
        return group;
    }
}
