package io.dataprism.testkit;

import io.dataprism.api.FailureKind;
import io.dataprism.kernel.registry.PluginState;

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
    }
}
