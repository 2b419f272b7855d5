package io.dataprism.faults.node;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition by looking again and again. */
public final class Until {
    private static final long PAUSE_NANOS = 10_000_000;

    private Until() {}

    /** Something that is so or not. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    /**
     * Wait until it holds.
     *
     * @return how long that took
     * @throws IllegalStateException where it does not hold in time; {@code what} says what
     */
    public static Duration within(Duration most, String what, Condition condition)
            throws IOException, InterruptedException {
        long began = System.nanoTime();
        if (!becomes(most, condition)) {
            throw new IllegalStateException("Not within " + most.toMillis() + " ms: " + what);
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** The same, and whether it came to hold. */
    public static boolean becomes(Duration most, Condition condition) throws IOException, InterruptedException {
        long began = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - began > most.toNanos()) {
                return false;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }

    /** Let time pass that a measurement takes. */
    public static void passes(Duration time) throws IOException, InterruptedException {
        long began = System.nanoTime();
        within(time.plusSeconds(60), "time passes", () -> System.nanoTime() - began >= time.toNanos());
    }
}
