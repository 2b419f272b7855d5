package io.dataprism.kernel.resource;

import io.dataprism.api.PluginId;
import io.vertx.core.json.JsonArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one plugin's slices and blocking work use, and its budget of it; kept from one start of the plugin to the next. Safe to use from any thread. */
public final class Meter {
    private static final double PERCENT = 100;

    private final CpuBudget cpu;
    private final LongAdder allocated = new LongAdder();
    /** From the first point on: most plugins rest. */
    private volatile @Nullable UseHistory history;

    private final Consumer<Meter> busy;
    /** Whether it is among those that used something since the last look. */
    private volatile boolean marked;

    // Of whoever samples.
    private int step;
    private long usedBefore;
    private boolean sampled;

    /**
     * @param busy told when it uses something, once between two samples
     */
    Meter(CpuBudget cpu, Consumer<Meter> busy) {
        this.cpu = cpu;
        this.busy = busy;
    }

    public PluginId id() {
        return cpu.id();
    }

    public CpuBudget cpu() {
        return cpu;
    }

    /** It used so much processor time, and allocated so many bytes. */
    public void used(long cpuNanos, long bytes) {
        cpu.charge(cpuNanos, System.nanoTime());
        allocated.add(bytes);
        if (!marked) {
            marked = true;
            busy.accept(this);
        }
    }

    /** Whoever samples has taken it from those that used something. */
    void taken() {
        marked = false;
    }

    /**
     * Note what it used in the step of the history that is over, if one is.
     *
     * @param now seconds since the epoch
     * @return whether it is to be sampled again, though it uses nothing
     */
    boolean sample(long now, long memory) {
        int current = (int) (now / UseHistory.STEP.toSeconds());
        long used = cpu.used();
        if (!sampled) {
            sampled = true;
            step = current;
        } else if (current != step) {
            if (used > usedBefore) {
                history().add(step, PERCENT * (used - usedBefore) / UseHistory.STEP.toNanos(), memory);
            }
            step = current;
            sampled = used > usedBefore;
            usedBefore = used;
        }
        return sampled;
    }

    /** The last hour, see {@link UseHistory#toJson}. */
    JsonArray points() {
        UseHistory kept = history;
        return kept == null ? new JsonArray() : kept.toJson();
    }

    private UseHistory history() {
        UseHistory kept = history;
        if (kept == null) {
            kept = new UseHistory();
            history = kept;
        }
        return kept;
    }

    /** Bytes that it allocated in all; 0 where the JVM does not tell. */
    public long allocatedBytes() {
        return allocated.sum();
    }
}
