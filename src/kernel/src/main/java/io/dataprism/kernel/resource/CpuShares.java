package io.dataprism.kernel.resource;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Who comes behind whom on a busy node. While plugins together use most of its processors, each that used more than an equal part is due later than the
 * others, the more it used the later; while they don't, nobody is.
 */
public final class CpuShares {
    private static final double PERCENT = 100;
    /** From this part of all processors on the node is busy. */
    private static final double BUSY = 0.8;

    private static final long LATEST = Duration.ofMillis(10).toNanos();

    private final int processors;

    public CpuShares(int processors) {
        this.processors = processors;
    }

    /**
     * How many nanoseconds later each is due.
     *
     * @param used percent of one core by plugin
     */
    public <K> Map<K, Long> lateness(Map<K, Double> used) {
        double all = used.values().stream().mapToDouble(Double::doubleValue).sum();
        double share = processors * PERCENT / Math.max(1, used.size());
        boolean busy = used.size() > 1 && all >= BUSY * processors * PERCENT;
        Map<K, Long> late = new HashMap<>();
        used.forEach((who, percent) ->
                late.put(who, busy && percent > share ? (long) (LATEST * (1 - share / percent)) : 0L));
        return late;
    }
}
