package io.dataprism.kernel.vertx;

import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The one way into a plugin: what is offered runs one after the other, in slices on shared carriers, in the order of one
 * thread's offers. Safe to use from any thread.
 */
public interface Mailbox {

    /** What became of an entry that was offered. */
    enum Answer {
        TAKEN,
        /** The mailbox is full; the entry waits outside, and {@link MailboxEntry#admitted} or {@link MailboxEntry#dropped} tells of its end. */
        HELD,
        FULL,
        CLOSED
    }

    /**
     * Offer {@code action}, which counts as a message.
     *
     * @return whether it was taken; not so when the mailbox is full or closed
     */
    boolean offer(Runnable action);

    /** The same without a wrapper object. */
    boolean offer(MailboxEntry entry);

    /**
     * Offer {@code entry}. In a full mailbox, or behind what waits outside one already, {@code lane} says what is done with it.
     *
     * @param lane null: it is refused
     */
    Answer offer(MailboxEntry entry, @Nullable OverflowLane lane);

    /** Add {@code entry} even when the mailbox is full; not taken only when it is closed. For the kernel's own steps. */
    boolean push(MailboxEntry entry);

    /** The same for what stands in one order with what was offered: behind what waits outside. For replies. */
    boolean pushInOrder(MailboxEntry entry);

    /** How many entries wait. */
    int waiting();

    /** About how many bytes they hold. */
    long waitingBytes();

    /**
     * Show what waits, the first to run first. Costs those nothing who offer and run, so it is exact while nothing runs; what moves meanwhile
     * may be missing.
     */
    void look(Onlooker onlooker);

    /** Is shown what waits in a mailbox. Must neither block nor change anything. */
    interface Onlooker {

        /** @param outside whether it waits for room, outside the full mailbox */
        void sees(MailboxEntry entry, boolean outside);
    }

    MailboxLimits limits();

    /** Whether the calling thread runs this plugin's code in its turn: in a slice of this mailbox, or between them. */
    boolean inSlice();

    /** {@link System#nanoTime} at the begin of the slice that runs now. */
    OptionalLong sliceStartedNanos();

    /** The thread that runs a slice now. */
    Optional<Thread> runningOn();

    /**
     * Interrupt the slice that began at {@code slice}, as {@link #sliceStartedNanos} told; nobody else's.
     *
     * @return whether it still ran
     */
    boolean interrupt(long slice);

    /** Let slices begin again, where {@link SliceHook#hold} kept them and does not any more. */
    void release();

    /** Nanoseconds that slices took so far, in all. */
    long busyNanos();

    boolean isClosed();

    /** Take nothing more, and discard what waits. A slice under way ends with its current entry. */
    void close();
}
