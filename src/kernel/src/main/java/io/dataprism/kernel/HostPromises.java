package io.dataprism.kernel;

import java.lang.management.ManagementFactory;
import java.util.List;

/** Looks at the JVM and tells which promises hold on it. */
final class HostPromises {
    private static final int VIRTUAL_THREADS = 21;

    private HostPromises() {}

    static List<HostPromise> here() {
        int java = Runtime.version().feature();
        boolean meters = ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads
                && threads.isThreadCpuTimeSupported()
                && threads.isThreadAllocatedMemorySupported();
        return List.of(
                new HostPromise("plugins run in their own slices, never on an event loop", true, ""),
                new HostPromise("unloaded plugins are seen to be collected", true, ""),
                promise(
                        "processor time and allocation are measured for each plugin",
                        meters,
                        "This JVM measures neither for single threads. Use one built on HotSpot."),
                promise(
                        "isolation 'virtual'",
                        java >= VIRTUAL_THREADS,
                        "Java " + java + " has no virtual threads. Run on Java " + VIRTUAL_THREADS + " or later."),
                new HostPromise(
                        "a consumer that host code registers at an address of the kernel is seen",
                        false,
                        "Vert.x tells of registrations only through the metrics of a Vertx that the kernel built itself;"
                                + " code that holds the raw event bus is trusted."));
    }

    private static HostPromise promise(String name, boolean kept, String reason) {
        return new HostPromise(name, kept, kept ? "" : reason);
    }
}
