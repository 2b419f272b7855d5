package io.dataprism.testkit;

import io.dataprism.api.FailureKind;
import io.dataprism.kernel.registry.PluginState;
import io.vertx.core.json.JsonObject;

/** Looks for what an unloaded plugin left behind. */
final class Leftovers {
    private Leftovers() {}

    static void assertNone(TestKernel kernel, PluginUnderTest plugin) {
        PluginState state = plugin.state().orElse(PluginState.STOPPED);
        if (state != PluginState.STOPPED && state != PluginState.INSTALLED) {
            throw new AssertionError("Plugin " + plugin.id() + " is " + state.label() + " after it was unloaded.");
        }
        plugin.manifest()
                .capabilities()
                .forEach(capability -> plugin.callFailure(FailureKind.NOT_RUNNING, capability, null));
        awaitCollected(kernel);
    }

    /** Wait until the classes of all that was unloaded are out of memory; if that fails, {@code kernel.leak} has told what holds them. */
    static void awaitCollected(TestKernel kernel) {
        EventProbe leaks = kernel.events("kernel.leak");
        EventProbe checks = kernel.events("kernel.check");
        Await.until(
                "the classes of what was unloaded to go out of memory",
                () -> noneIsUnloading(checks),
                Await.LIMIT,
                () -> "Reported: "
                        + leaks.seen().stream()
                                .map(leak -> String.valueOf(leak.body()))
                                .toList());
    }

    private static boolean noneIsUnloading(EventProbe checks) {
        System.gc();
        return checks.next().body() instanceof JsonObject seen && seen.getInteger("unloading") == 0;
    }
}
