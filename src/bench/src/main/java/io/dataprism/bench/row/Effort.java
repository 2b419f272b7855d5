package io.dataprism.bench.row;

/**
 * How much is done for a figure.
 *
 * @param rounds how often each peer is measured, each time in a fork of its own
 * @param warmUps iterations of a fork that don't count
 * @param iterations iterations that count
 * @param seconds how long an iteration takes
 */
public record Effort(int rounds, int warmUps, int iterations, double seconds) {
    /** Ten rounds of forks that warm up for six seconds: with them the just-in-time compiler has caught up on two cores. */
    public static final Effort FULL = new Effort(10, 6, 5, 1);

    /** To see that it runs, and orders of magnitude. */
    public static final Effort QUICK = new Effort(3, 2, 2, 0.5);

    /** The same with another number of rounds. */
    public Effort withRounds(int number) {
        return new Effort(number, warmUps, iterations, seconds);
    }
}
