package io.dataprism.kernel.lifecycle;

import io.dataprism.kernel.resource.CpuBudget;
import io.dataprism.kernel.resource.Meter;
import io.dataprism.kernel.resource.SendBudget;
import io.dataprism.kernel.vertx.SliceHook;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Meters one plugin's slices and blocking work against its budget, and keeps the next from beginning while it has none left. What is on its way up or
 * down is held by its steps' deadlines alone. Safe to use from any thread.
 */
final class Governor implements SliceHook {
    private final Meter meter;
    /** As long as it is on its way up, and again on its way down: then the deadlines of its steps hold it. */
    private volatile boolean lifted = true;

    private volatile boolean suspended;
    /** From when it can send anything on. */
    private volatile @Nullable SendBudget sends;

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
        SendBudget sending = sends;
        if (sending != null) {
            sending.charge();
        }
    }

    @Override
    public long hold() {
        if (lifted) {
            return 0;
        }
        if (suspended || full.getAsBoolean()) {
            return FOR_GOOD;
        }
        long hold = meter.cpu().hold(System.nanoTime());
        SendBudget sending = sends;
        return sending == null ? hold : Math.max(hold, sending.hold());
    }

    /** It is held to this as well. */
    void sends(SendBudget budget) {
        sends = budget;
    }

    Optional<SendBudget> sends() {
        return Optional.ofNullable(sends);
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
