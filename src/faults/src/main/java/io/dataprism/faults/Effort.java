package io.dataprism.faults;

import java.time.Duration;

/**
 * How much is done for each row.
 *
 * @param random how long random faults go on
 * @param seed of all that is left to chance
 * @param kills after how many points of time a node is killed, for each kind of work
 * @param reloads how often a plugin is loaded anew
 * @param measure how long latencies are measured, each time
 * @param late how late a step is that has a deadline
 */
public record Effort(Duration random, long seed, int kills, int reloads, Duration measure, Duration late) {
    /** What the table asks for. */
    public static final Effort WHOLE =
            new Effort(Duration.ofMinutes(10), 20_261, 20, 50, Duration.ofSeconds(10), Duration.ofSeconds(120));

    /** Enough to see that the rows themselves work. */
    public static final Effort BRIEF =
            new Effort(Duration.ofSeconds(4), 20_261, 1, 5, Duration.ofSeconds(1), Duration.ofSeconds(3));

    public Effort withRandom(Duration time) {
        return new Effort(time, seed, kills, reloads, measure, late);
    }

    public Effort withSeed(long other) {
        return new Effort(random, other, kills, reloads, measure, late);
    }
}
