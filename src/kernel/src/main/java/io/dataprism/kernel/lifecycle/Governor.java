package io.dataprism.kernel.lifecycle;

import io.dataprism.kernel.resource.CpuBudget;
import io.dataprism.kernel.resource.Meter;
import io.dataprism.kernel.vertx.SliceHook;
import java.util.function.BooleanSupplier;

/**
 * Meters one plugin's slices and blocking work against its budget, and keeps the next from beginning while it has none left. What is on its way up or
 * down is held by its steps' deadlines alone. Safe to use from any thread.
 */
final class Governor implements SliceHook {
    private final Meter meter;
    /** As long as it is on its way up, and again on its way down: then the deadlines of its steps hold it. */
    private volatile boolean lifted = true;

    private volatile boolean suspended;
    private volatile long late;
    private volatile BooleanSupplier full = () -> false;

    Governor(Meter meter) {
        this.meter = meter;
    }

    @Override
    public boolean isMetered() {
        return true;
    }

    @Override
    public void used(long cpuNanos, long bytes) {
        meter.used(cpuNanos, bytes);
    }

    @Override
    public long hold() {
        if (lifted) {
            return 0;
        }
        return suspended || full.getAsBoolean() ? FOR_GOOD : meter.cpu().hold(System.nanoTime());
    }

    @Override
    public long lateness() {
        return late;
    }

    Meter meter() {
        return meter;
    }

    CpuBudget budget() {
        return meter.cpu();
    }

    /** Let it be due so many nanoseconds after others that are ready. */
    void late(long nanos) {
        late = nanos;
    }

    /** Let no slice begin while {@code there} is no room for more where its messages go. Whoever makes room releases the deployment. */
    void full(BooleanSupplier there) {
        full = there;
    }

    /** Let no slice begin, or let them begin again. Whoever asks for the latter releases the deployment. */
    void suspended(boolean now) {
        suspended = now;
    }

    /** It runs: hold it back from now on. */
    void engage() {
        lifted = false;
    }

    /** Hold it back no more. Whoever asks for this releases the deployment. */
    void lift() {
        lifted = true;
    }
}
