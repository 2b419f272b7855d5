package io.dataprism.kernel.vertx;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * The one way into a plugin: what is offered runs one after the other, in slices on shared carriers, in the order of one
 * thread's offers. Safe to use from any thread.
 */
public interface Mailbox {

    /**
     * Offer {@code action}, which counts as a message.
     *
     * @return whether it was taken; not so when the mailbox is full or closed
     */
    boolean offer(Runnable action);

    /** The same without a wrapper object. */
    boolean offer(MailboxEntry entry);

    /** Add {@code entry} even when the mailbox is full; not taken only when it is closed. For replies and the kernel's own steps. */
    boolean push(MailboxEntry entry);

    /** How many entries wait. */
    int waiting();

    /** How many may wait. */
    int limit();

    /** Whether the calling thread is running a slice of this mailbox. */
    boolean inSlice();

    /** {@link System#nanoTime} at the begin of the slice that runs now. */
    OptionalLong sliceStartedNanos();

    /** The thread that runs a slice now. */
    Optional<Thread> runningOn();

    /** Nanoseconds that slices took so far, in all. */
    long busyNanos();

    boolean isClosed();

    /** Take nothing more, and discard what waits. A slice under way ends with its current entry. */
    void close();
}
