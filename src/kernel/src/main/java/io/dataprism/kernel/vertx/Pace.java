package io.dataprism.kernel.vertx;

/**
 * How long a mailbox's work takes: a slice, an entry, and so how often it looks at the clock. Of the thread that runs the slice; others may read,
 * and see older figures.
 */
final class Pace {
    private static final int LONGEST_STRIDE = 64;
    /** A message costs about 300 ns more when another processor reads it. */
    private static final int LIGHT = 500;

    private static final int DEAREST = 1_000_000;
    /** Of how many slices the cost of an entry is an average, about. */
    private static final int REMEMBERED = 4;

    private final long quantum;
    private int stride = 1;
    /** What each entry that is run or put elsewhere takes in nanoseconds, smoothed. */
    private int cost;

    private long lastSlice;

    /** @param quantum how many nanoseconds a slice is to take */
    Pace(long quantum) {
        this.quantum = quantum;
    }

    /** After how many entries to look at the clock. */
    int stride() {
        return stride;
    }

    /** The same after the last that many took {@code elapsed}: so that there are about eight looks a quantum, however long entries take. */
    int adapted(long elapsed) {
        if (elapsed > quantum / 8) {
            stride = Math.max(1, stride / 2);
        } else if (elapsed < quantum / 16 && stride < LONGEST_STRIDE) {
            stride *= 2;
        }
        return stride;
    }

    /** A slice took {@code nanos} in which so many entries were run, here, or put elsewhere. */
    void sliceTook(long nanos, long entries) {
        lastSlice = nanos;
        long each = Math.min(nanos / Math.max(1, entries), DEAREST);
        cost += ((int) each - cost) / REMEMBERED;
    }

    /** Whether each entry takes so long that another processor's help outweighs what moving messages between two costs. */
    boolean isHeavy() {
        return cost > LIGHT;
    }

    /** How many nanoseconds the last slice took. */
    long lastSlice() {
        return lastSlice;
    }
}
