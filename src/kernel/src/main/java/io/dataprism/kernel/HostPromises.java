package io.dataprism.kernel;

import java.util.List;

/** Which promises hold on a Vertx and a JVM that somebody else made, and which don't. */
final class HostPromises {
    private HostPromises() {}

    static List<HostPromise> here() {
        return List.of(
                new HostPromise("plugins run in their own slices, never on an event loop", true, ""),
                new HostPromise("unloaded plugins are seen to be collected", true, ""),
                new HostPromise("messages between plugins pass the permission gate", true, ""),
                new HostPromise(
                        "a plugin is kept from the JDK's own files, sockets, processes and reflection",
                        false,
                        "The class loader hides the kernel, the host and the neighbours, not the JDK. Load only plugins whose"
                                + " author you trust."),
                new HostPromise(
                        "a plugin that never gives its thread back is ended",
                        false,
                        "Its thread is given up and the others go on, but a busy loop burns its core until the JVM ends."),
                new HostPromise(
                        "a consumer that host code registers at an address of the kernel is seen",
                        false,
                        "Vert.x tells of registrations only through the metrics of a Vertx that the kernel built itself;"
                                + " code that holds the raw event bus is trusted."));
    }
}
