package io.dataprism.kernel.resource;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.regex.Pattern;

/** How full the JVM's heap is, looked at where objects stay that live for long. Safe to use from any thread. */
public final class HeapUse {
    /** Where objects are only as long as they are young: full as a matter of course. */
    private static final Pattern YOUNG = Pattern.compile(".*(Eden|Survivor|Young|Nursery).*");

    private final List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .filter(MemoryPoolMXBean::isCollectionUsageThresholdSupported)
            .filter(pool -> !YOUNG.matcher(pool.getName()).matches())
            .toList();

    /** What was left after the last garbage collection that looked there, from 0 to 1 of what there is; 0 before the first one. */
    public double afterCollection() {
        return pools.stream()
                .mapToDouble(pool -> part(pool.getCollectionUsage()))
                .max()
                .orElse(0);
    }

    /** What is in use now, garbage included. */
    public double now() {
        return pools.stream().mapToDouble(pool -> part(pool.getUsage())).max().orElse(0);
    }

    private static double part(MemoryUsage usage) {
        return usage == null || usage.getMax() <= 0 ? 0 : (double) usage.getUsed() / usage.getMax();
    }

    /** Bytes that there are. */
    public long limit() {
        return Runtime.getRuntime().maxMemory();
    }
}
