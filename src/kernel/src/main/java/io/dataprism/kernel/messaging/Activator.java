package io.dataprism.kernel.messaging;

import io.dataprism.api.PluginId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Starts plugins that run only when needed. Called from any thread; must not block. */
public interface Activator {

    /**
     * Start {@code id}, which was called while it does not run.
     *
     * @return completes when it serves; fails where a call does not start it
     */
    Future<Void> activate(PluginId id);

    /**
     * The same for a call of {@code capability}, which need not be among those that start it.
     *
     * @return true when it serves; false where a call of that capability does not start it; fails where something else keeps it from serving
     */
    Future<Boolean> activate(PluginId id, String capability);

    /** What {@code id} offers by its manifest; empty where that is not known. */
    Set<String> capabilitiesOf(PluginId id);

    /** Whether its manifest says that {@code capability} of {@code id} may be called twice as well as once. */
    default boolean isIdempotent(PluginId id, String capability) {
        return false;
    }

    /** The state of a plugin in a word, for messages; empty where nobody of that id is known. */
    Optional<String> stateOf(PluginId id);

    /**
     * Installed plugins whose ids are near {@code id}, nearest first, a few at most.
     *
     * @param told who may be named
     */
    default List<String> near(String id, Predicate<PluginId> told) {
        return List.of();
    }

    /** Knows nobody. */
    static Activator none() {
        return new Activator() {
            @Override
            public Future<Void> activate(PluginId id) {
                return Future.failedFuture(new IllegalStateException("No plugin is started by calls here."));
            }

            @Override
            public Future<Boolean> activate(PluginId id, String capability) {
                return Future.succeededFuture(false);
            }

            @Override
            public Set<String> capabilitiesOf(PluginId id) {
                return Set.of();
            }

            @Override
            public Optional<String> stateOf(PluginId id) {
                return Optional.empty();
            }
        };
    }
}
