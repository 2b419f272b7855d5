package io.dataprism.kernel.vertx;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.atomic.LongAdder;

/**
 * What slices used: CPU time, and bytes allocated where the JVM tells. Two looks at the CPU's clock a slice, about 1.3 µs. Virtual
 * threads can't be metered: their slices count as nothing. Safe to read from any thread.
 */
public final class SliceMeter implements SliceHook {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final boolean TELLS_BYTES = tellsBytes();

    private final LongAdder slices = new LongAdder();
    private final LongAdder cpu = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    // Of the thread that runs the slice; the mailbox hands them on.
    private long cpuBefore;
    private long bytesBefore;

    private static boolean tellsBytes() {
        return ModuleLayer.boot().findModule("jdk.management").isPresent() && Bytes.isSupported();
    }

    @Override
    public void began() {
        cpuBefore = THREADS.getCurrentThreadCpuTime();
        bytesBefore = TELLS_BYTES ? Bytes.now() : 0;
    }

    @Override
    public void ended(long nanos) {
        slices.increment();
        cpu.add(Math.max(0, THREADS.getCurrentThreadCpuTime() - cpuBefore));
        bytes.add(TELLS_BYTES ? Math.max(0, Bytes.now() - bytesBefore) : 0);
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

    /** Apart, since a JVM may come without the module that its types are of. */
    private static final class Bytes {
        static boolean isSupported() {
            return THREADS instanceof com.sun.management.ThreadMXBean bean
                    && bean.isThreadAllocatedMemorySupported()
                    && bean.isThreadAllocatedMemoryEnabled();
        }

        static long now() {
            return ((com.sun.management.ThreadMXBean) THREADS).getCurrentThreadAllocatedBytes();
        }
    }
}
