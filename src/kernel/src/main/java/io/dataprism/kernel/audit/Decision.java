package io.dataprism.kernel.audit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What became of what somebody wanted. */
public enum Decision {
    /** It was let through: messages, counted. */
    ALLOWED,
    /** It was refused. */
    DENIED,
    /** It was done: a change. */
    DONE,
    /** It was tried and failed. */
    FAILED,
    /** Lines are missing here, and it is known how many and why. */
    LOST;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Decision> of(String label) {
        return Arrays.stream(values())
                .filter(decision -> decision.label().equals(label))
                .findFirst();
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(Decision::label).toList();
    }
}
