package io.dataprism.api;

/** What becomes of an event or channel message for which a receiver's mailbox has no room. Whatever it is, the sender or the receiver can see it. */
public enum WhenFull {
    /** It is refused, and the sender is told so. */
    REFUSE,
    /** It waits, and the future of its publication or sending does, too, until the receiver took it. Refused once too many wait. */
    HOLD,
    /** It waits in the place of the subscription's last one, which is dropped: for states of which only the newest counts. */
    KEEP_LATEST,
    /** It waits; once too many do, the subscription's oldest is dropped. */
    DROP_OLDEST
}
