package io.dataprism.kernel.traffic;

import java.util.Locale;

/** What became of a message, as far as is known. */
public enum Outcome {
    /** Its receivers' mailboxes took it. */
    TAKEN,
    /** It was handled. */
    DONE,
    /** Nobody wanted it. */
    NOBODY,
    /** Somebody or the gate refused it, or there was nobody to take it. */
    REFUSED,
    /** Its handler failed. */
    FAILED,
    /** Its receiver ended first. */
    LOST,
    /** Its receiver had it dropped for a newer one. */
    DROPPED;

    public boolean isFailure() {
        return this == REFUSED || this == FAILED || this == LOST || this == DROPPED;
    }

    /** As the command line writes it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
