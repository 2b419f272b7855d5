package io.dataprism.kernel;

import io.dataprism.kernel.admission.Untrusted;
import io.dataprism.kernel.process.wall.Enclosure;
import io.dataprism.kernel.process.wall.WallLevel;
import io.dataprism.kernel.vertx.PluginDeployer;
import io.dataprism.sandbox.census.Census;
import io.dataprism.sandbox.guard.JdkChecks;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.stream.Stream;

/** Which promises hold on a Vertx and a JVM that somebody else made, and which don't. */
final class HostPromises {
    private HostPromises() {}

    static List<HostPromise> of(
            PluginDeployer deployer,
            Vertx vertx,
            boolean sandboxed,
            Untrusted untrusted,
            boolean stored,
            Enclosure enclosure) {
        return Stream.of(
                        sandbox(sandboxed),
                        Stream.of(vouching(sandboxed, untrusted), modules(), unsafe(), memory()),
                        always(),
                        Stream.of(grants(stored), storage(stored)),
                        enclosure.known().stream().map(level -> walled(enclosure, level)),
                        threads(deployer, vertx))
                .flatMap(some -> some)
                .toList();
    }

    private static Stream<HostPromise> sandbox(boolean sandboxed) {
        return Stream.of(
                new HostPromise(
                        "what a plugin's own classes call of the JDK is checked against its grants",
                        sandboxed,
                        sandboxed
                                ? ""
                                : "The option sandboxed is off. The class loader hides the kernel, the host and the neighbours, not the"
                                        + " JDK. Load only plugins whose author you trust."),
                new HostPromise(
                        "what a plugin reaches past its own classes is checked as well: by reflection, a thread or a loader of its"
                                + " own, a call that the JDK makes for it",
                        sandboxed && JdkChecks.areOn(),
                        whyNoJdkChecks(sandboxed)));
    }

    /** What the JVM's modules hold besides, where the program is started so. */
    private static HostPromise modules() {
        Module own = HostPromises.class.getModule();
        boolean closed = own.isNamed() && !own.isExported(HostPromises.class.getPackageName());
        return new HostPromise(
                "the JVM itself keeps the kernel's classes from the reflection of plugins",
                closed,
                closed
                        ? ""
                        : "The kernel is on the class path, or in a module that exports everything. ./dataprism run starts nodes of"
                                + " named modules that export what plugins may see alone; elsewhere the agent is all that keeps them.");
    }

    private static HostPromise unsafe() {
        boolean absent = ModuleLayer.boot().findModule("jdk.unsupported").isEmpty();
        return new HostPromise(
                "nothing in this JVM writes memory past all that",
                absent,
                absent
                        ? ""
                        : "The module jdk.unsupported is there, which Netty and plugins such as charts need: a plugin that was granted"
                                + " native-access has sun.misc.Unsafe, and with it everything. Grant that only where you would trust the"
                                + " plugin with the node.");
    }

    private static HostPromise memory() {
        boolean open = Census.isPossible();
        return new HostPromise(
                "what plugins retain of the heap is measured, and held to their limits",
                open,
                open
                        ? ""
                        : "Memory can't be read in this JVM: accounts hold, and nothing else. Start it with the agent, or with "
                                + Census.opening() + ".");
    }

    /** Once somebody needed to know: trying it takes a moment. */
    private static HostPromise walled(Enclosure enclosure, WallLevel level) {
        boolean walled = level != WallLevel.NONE;
        return new HostPromise(
                "a plugin in a process of its own reaches the kernel by its connection alone",
                walled,
                walled
                        ? ""
                        : "No wall of this machine holds: " + enclosure.told()
                                + ". Install bubblewrap, or Perl on a Linux with Landlock (5.13 or newer).");
    }

    private static HostPromise vouching(boolean sandboxed, Untrusted untrusted) {
        boolean kept = sandboxed && (JdkChecks.areOn() || untrusted == Untrusted.REFUSE);
        return new HostPromise(
                "plugins for which nobody vouches run with both layers of the sandbox, or not at all",
                kept,
                kept
                        ? ""
                        : sandboxed
                                ? "The policy for artifacts says  untrusted: allow, and one layer is missing: they run with the"
                                        + " other. Say  untrusted: refuse, or start the JVM with the agent."
                                : "The option sandboxed is off, so that there is no layer.");
    }

    private static String whyNoJdkChecks(boolean sandboxed) {
        return sandboxed ? JdkChecks.whyNot() : "The option sandboxed is off.";
    }

    private static HostPromise grants(boolean stored) {
        return new HostPromise(
                "what was granted or denied for good is so after a restart",
                stored,
                stored
                        ? ""
                        : "This kernel has no data folder but a temporary one, so that grants and denials end with it. Name one"
                                + " (KernelOptions.withDataFolder) where they are to last.");
    }

    private static HostPromise storage(boolean stored) {
        return new HostPromise(
                "what plugins store is there after a restart",
                stored,
                stored
                        ? ""
                        : "This kernel has no data folder but a temporary one, so that it ends with it. Name one"
                                + " (KernelOptions.withDataFolder) where it is to last.");
    }

    /** What depends on whether Vert.x's internals are as this kernel needs them. */
    private static Stream<HostPromise> threads(PluginDeployer deployer, Vertx vertx) {
        boolean carriers = deployer.hasCarriers();
        boolean internals = PluginDeployer.whyNoCarriers().isEmpty();
        String why = carriers
                ? ""
                : internals
                        ? "The option supportedApiOnly asks for Vert.x's supported API alone. "
                        : "This Vert.x is not one that this kernel knows (" + PluginDeployer.whyNoCarriers() + "). ";
        return Stream.of(
                new HostPromise(
                        "everything of a plugin runs in metered slices of its mailbox",
                        carriers,
                        carriers
                                ? ""
                                : why + "Plugins run on Vert.x's workers; what a plugin with vertx-access starts on"
                                        + " its Vert.x context itself takes turns with its slices, unmetered and not"
                                        + " bounded."),
                new HostPromise(
                        "a plugin that waits or is stuck gives its place to others",
                        carriers,
                        carriers
                                ? ""
                                : why
                                        + "So many workers as carriers, waiting and blocking threads together may be held;"
                                        + " one that is stuck is not replaced, stays listed, and keeps vertx.close()"
                                        + " from ending until its code returns."),
                new HostPromise(
                        "what plugins leave on a thread goes with the thread, once they are unloaded",
                        carriers,
                        carriers
                                ? ""
                                : why + "The threads are Vert.x's and stay; so may a class loader that one holds."),
                new HostPromise(
                        "vertx.close() ends the kernel before anything else",
                        internals,
                        internals ? "" : why + "Call Kernel.close first; else plugins stop in any order."),
                new HostPromise(
                        "buffers are never copied, and a publish with no raw consumer costs nothing",
                        internals,
                        internals ? "" : why + "Each receiver gets a copy, and each publish goes over the bus, too."),
                new HostPromise(
                        "a denied send on the raw bus fails at once",
                        internals,
                        internals ? "" : why + "Without a reply address it is dropped without telling its sender."),
                new HostPromise(
                        "messages of this node and of others are told apart",
                        internals || !vertx.isClustered(),
                        internals || !vertx.isClustered()
                                ? ""
                                : why + "On a clustered bus every message is taken to come from elsewhere."),
                new HostPromise(
                        "plugins with isolation virtual are metered",
                        false,
                        "The JVM does not tell what CPU time a virtual thread used. Use isolation worker where that"
                                + " matters."));
    }

    private static Stream<HostPromise> always() {
        return Stream.of(
                new HostPromise(
                        "plugins run in their own slices, never on an event loop but where a trusted one asks for it",
                        true,
                        ""),
                new HostPromise("unloaded plugins are seen to be collected", true, ""),
                new HostPromise("messages between plugins pass the permission gate", true, ""),
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
