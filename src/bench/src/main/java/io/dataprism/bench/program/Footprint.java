package io.dataprism.bench.program;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/** Bytes in use after collections. */
record Footprint(long heap, long metaspace) {
    static Footprint now() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        memory.gc();
        // The pool of this name holds the compressed class space, too
        long metaspace = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("Metaspace"))
                .mapToLong(pool -> pool.getUsage().getUsed())
                .sum();
        return new Footprint(memory.getHeapMemoryUsage().getUsed(), metaspace);
    }
}
