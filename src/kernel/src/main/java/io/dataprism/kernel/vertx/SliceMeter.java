package io.dataprism.kernel.vertx;

import java.util.concurrent.atomic.LongAdder;

/** What a plugin's slices and blocking work used: processor time, and bytes allocated where the JVM tells. Safe to use from any thread. */
public final class SliceMeter implements SliceHook {
    private final LongAdder slices = new LongAdder();
    private final LongAdder cpu = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    @Override
    public void ended(long nanos) {
        slices.increment();
    }

    @Override
    public boolean isMetered() {
        return true;
    }

    @Override
    public void used(long cpuNanos, long allocated) {
        cpu.add(cpuNanos);
        bytes.add(allocated);
    }

    /** How many slices there were. */
    public long slices() {
        return slices.sum();
    }

    /** CPU time in nanoseconds. */
    public long cpuNanos() {
        return cpu.sum();
    }

    /** Bytes allocated; 0 where the JVM does not tell. */
    public long allocatedBytes() {
        return bytes.sum();
    }
}
