package io.dataprism.bench.report;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/** Why a row could not be measured, in one line. */
public final class Causes {
    private Causes() {}

    /** The messages of {@code failure} and of all that is behind it: JMH keeps what a fork threw among the suppressed. */
    public static String of(Throwable failure) {
        Set<String> texts = new LinkedHashSet<>();
        collect(failure, texts);
        return String.join("; ", texts);
    }

    private static void collect(Throwable failure, Set<String> texts) {
        String message = failure.getMessage();
        if (texts.add(message == null ? failure.getClass().getSimpleName() : message)) {
            if (failure.getCause() != null) {
                collect(failure.getCause(), texts);
            }
            Arrays.stream(failure.getSuppressed()).forEach(further -> collect(further, texts));
        }
    }
}
