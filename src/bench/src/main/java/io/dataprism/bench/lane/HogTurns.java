package io.dataprism.bench.lane;

import java.util.function.BooleanSupplier;

/** The turns of somebody who burns CPU, a millisecond each, until told to stop. */
final class HogTurns implements BooleanSupplier {
    private static final long NANOS = 1_000_000;

    private volatile boolean stopped;

    /** Burn for one turn; whether there is a next one. */
    @Override
    public boolean getAsBoolean() {
        long end = System.nanoTime() + NANOS;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return !stopped;
    }

    void stop() {
        stopped = true;
    }
}
