package io.dataprism.kernel.vertx;

/**
 * Gives mailboxes their slices. Each mailbox that was announced gets {@link SerialMailbox#runSlice} called, by some thread; more often than that does no
 * harm. Where an announcement throws an error of the JVM's, it is made again.
 */
interface SliceScheduler {

    /**
     * Whether a stack is long enough for {@link #ready}, which must not break off in the middle. On the thread that is going to call that.
     *
     * @throws StackOverflowError if not
     */
    default void requireRoom() {
        StackRoom.require();
    }

    /** A mailbox that was idle got work. On any thread. */
    void ready(SerialMailbox mailbox);

    /** A mailbox whose slice ended has work left. On the thread that ran the slice. */
    void again(SerialMailbox mailbox);
}
