package io.dataprism.kernel.vertx;

/** Gives mailboxes their slices. Each mailbox that was announced gets {@link SerialMailbox#runSlice} called once, by some thread. */
interface SliceScheduler {

    /** A mailbox that was idle got work. On any thread. */
    void ready(SerialMailbox mailbox);

    /** A mailbox whose slice ended has work left. On the thread that ran the slice. */
    void again(SerialMailbox mailbox);
}
