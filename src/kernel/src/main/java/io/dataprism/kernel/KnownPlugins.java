package io.dataprism.kernel;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.messaging.Activator;
import io.dataprism.kernel.registry.PluginRegistry;
import io.dataprism.kernel.text.NearNames;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Starts plugins as the lifecycle does, and knows the ids of all that are installed. */
record KnownPlugins(Activator lifecycle, PluginRegistry registry) implements Activator {

    @Override
    public Future<Void> activate(PluginId id) {
        return lifecycle.activate(id);
    }

    @Override
    public Future<Boolean> activate(PluginId id, String capability) {
        return lifecycle.activate(id, capability);
    }

    @Override
    public Optional<String> stateOf(PluginId id) {
        return lifecycle.stateOf(id);
    }

    @Override
    public Set<String> capabilitiesOf(PluginId id) {
        return lifecycle.capabilitiesOf(id);
    }

    @Override
    public boolean isIdempotent(PluginId id, String capability) {
        return lifecycle.isIdempotent(id, capability);
    }

    @Override
    public List<String> near(String id, Predicate<PluginId> told) {
        return NearNames.of(
                id,
                registry.all().stream()
                        .map(record -> record.id())
                        .distinct()
                        .filter(told)
                        .map(PluginId::value)
                        .toList());
    }
}
