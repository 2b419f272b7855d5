package io.dataprism.testjars;

import java.time.Duration;

/** How soon something is done, on a machine that may be busy with other things: the best of several tries is held, since nothing else makes a try faster. */
public final class Promptly {
    /** Within which what is open under a permission is closed once that is taken back, and its plugin told. */
    public static final Duration REVOKED = Duration.ofMillis(100);

    private static final int TRIES = 10;

    private Promptly() {}

    /** One try. */
    @FunctionalInterface
    public interface Attempt {
        /** How many nanoseconds it took. */
        long nanos() throws Exception;
    }

    /** Try until it is done within {@code most}; fails where it never is. */
    public static void within(Duration most, Attempt attempt) throws Exception {
        long best = Long.MAX_VALUE;
        for (int tries = 0; tries < TRIES && best > most.toNanos(); tries++) {
            best = Math.min(best, attempt.nanos());
        }
        if (best > most.toNanos()) {
            throw new AssertionError("Of " + TRIES + " tries the best took "
                    + Duration.ofNanos(best).toMillis() + " ms, " + most.toMillis() + " ms are allowed.");
        }
    }
}
