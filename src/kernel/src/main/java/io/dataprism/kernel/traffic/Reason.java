package io.dataprism.kernel.traffic;

import java.util.Locale;

/** Why a message is a dead letter. */
public enum Reason {
    /** There was nobody to take it. */
    UNDELIVERABLE,
    /** The gate, a contract or an interceptor refused it. */
    REFUSED,
    /** Its receiver's mailbox was full. */
    FULL,
    /** Its handler failed, at the last try. */
    FAILED,
    /** Its deadline passed first. */
    LATE,
    /** Its receiver ended before it was done with it. */
    LOST;

    /** As the command line writes it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
