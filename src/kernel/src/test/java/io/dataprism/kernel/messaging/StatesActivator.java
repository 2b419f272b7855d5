package io.dataprism.kernel.messaging;

import io.dataprism.api.PluginId;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Starts whatever is called as {@code starts} does, and tells states. */
record StatesActivator(Function<PluginId, Future<Boolean>> starts, Function<PluginId, Optional<String>> states)
        implements Activator {

    /** All plugins are {@code state}, and no call starts them. */
    static Activator of(String state) {
        return new StatesActivator(id -> Future.succeededFuture(false), id -> Optional.of(state));
    }

    /** All plugins are installed, and calls start them as {@code starts} does. */
    static Activator starting(Function<PluginId, Future<Void>> starts) {
        return new StatesActivator(id -> starts.apply(id).map(true), id -> Optional.of("installed"));
    }

    @Override
    public Future<Void> activate(PluginId id) {
        return starts.apply(id).mapEmpty();
    }

    @Override
    public Future<Boolean> activate(PluginId id, String capability) {
        return starts.apply(id);
    }

    @Override
    public Set<String> capabilitiesOf(PluginId id) {
        return Set.of();
    }

    @Override
    public Optional<String> stateOf(PluginId id) {
        return states.apply(id);
    }
}
