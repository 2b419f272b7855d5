package io.dataprism.kernel.traffic;

import java.util.Locale;

/** What was seen of a message. */
public enum Kind {
    /** An event was published. */
    EVENT,
    /** A channel message was sent. */
    MESSAGE,
    /** A channel message that wants an answer was sent. */
    REQUEST,
    /** A capability was called. */
    CALL,
    /** One receiver is done with an event or a channel message. */
    HANDLED,
    /** A call or request has its answer, or will have none. */
    ANSWER;

    /** As the command line writes it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
