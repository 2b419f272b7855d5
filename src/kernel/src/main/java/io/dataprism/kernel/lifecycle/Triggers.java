package io.dataprism.kernel.lifecycle;

import io.dataprism.kernel.manifest.Activation;
import io.dataprism.kernel.manifest.PluginManifest;
import java.util.Optional;
import java.util.Set;

/** What starts a plugin that nobody asked for: calls of these capabilities, events of these topics. */
record Triggers(Set<String> capabilities, Set<String> topics) {

    /**
     * Those of {@code slot}, whose manifest is {@code manifest}; none where only a request starts it. One that was stopped for want of
     * work ran before, so that any of its callers may need it again.
     */
    static Optional<Triggers> of(PluginSlot slot, PluginManifest manifest) {
        Activation activation = manifest.activation();
        if (slot.idled) {
            return Optional.of(new Triggers(manifest.capabilities(), activation.onEvent()));
        }
        return activation.onStart()
                ? Optional.empty()
                : Optional.of(new Triggers(activation.onCapability(), activation.onEvent()));
    }
}
