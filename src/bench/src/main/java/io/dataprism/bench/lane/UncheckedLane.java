package io.dataprism.bench.lane;

import java.util.function.BooleanSupplier;

/** A call that allows everything: what is left of the others where nothing is checked. */
final class UncheckedLane implements CheckLane {
    private volatile boolean allowed = true;

    @SuppressWarnings("UnnecessaryLambda") // it is called as the checks of the other lanes are
    private final BooleanSupplier check = () -> allowed;

    @Override
    public void open() {
        // there is nothing to set up
    }

    @Override
    public long check(int times) {
        long yes = 0;
        for (int i = 0; i < times; i++) {
            yes += check.getAsBoolean() ? 1 : 0;
        }
        return yes;
    }

    @Override
    public void close() {
        // nor to end
    }
}
