package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.messaging.Activator;
import io.dataprism.kernel.registry.PluginState;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Starts plugins when they are called, and lets calls wait for those on their way up. Safe to use from any thread. */
final class Activation implements Activator {
    private final LifecycleThread thread;
    private final Slots slots;
    private final Engine engine;
    private final Lifecycle lifecycle;

    Activation(LifecycleThread thread, Slots slots, Engine engine, Lifecycle lifecycle) {
        this.thread = thread;
        this.slots = slots;
        this.engine = engine;
        this.lifecycle = lifecycle;
    }

    @Override
    public Future<Void> activate(PluginId id) {
        return thread.call(() -> onThread(id, triggers -> true))
                .compose(serves -> serves ? Future.succeededFuture() : Future.failedFuture(notByItself(id)));
    }

    @Override
    public Future<Boolean> activate(PluginId id, String capability) {
        return thread.call(
                () -> onThread(id, triggers -> triggers.capabilities().contains(capability)));
    }

    @Override
    public Set<String> capabilitiesOf(PluginId id) {
        return lifecycle.plugin(id).map(info -> info.manifest().capabilities()).orElse(Set.of());
    }

    /** Whether it serves; false where it is not woken. */
    private Future<Boolean> onThread(PluginId id, Predicate<Triggers> wakes) {
        PluginSlot slot = slots.of(id);
        if (engine.isClosing()) {
            return Future.failedFuture(Lifecycle.closed());
        }
        if (slot.isUp() && !engine.isLeaving(slot)) {
            return Future.succeededFuture(true);
        }
        if (slot.barred || slot.held || slot.blocked != null) {
            return Future.failedFuture(obstacle(slot));
        }
        if (!slot.wanted) {
            if (!isWoken(slot, wakes)) {
                return Future.succeededFuture(false);
            }
            engine.submit(slot, new Request.Up(LoadOptions.DEFAULT));
        }
        return slot.whenRunning().map(true);
    }

    private boolean isWoken(PluginSlot slot, Predicate<Triggers> wakes) {
        return slots.current(slot)
                .flatMap(record -> Triggers.of(slot, record.manifest()))
                .filter(wakes)
                .isPresent();
    }

    /** Why {@code slot}, which is not on its way up, is not started. */
    static PluginException obstacle(PluginSlot slot) {
        PluginException known = slot.held ? slot.cause : slot.blocked;
        return known != null
                ? known
                : new PluginException(
                        "DP-0830",
                        "Plugin '" + slot.id + "' was stopped. Start it: dataprism plugins start " + slot.id);
    }

    private static PluginException notByItself(PluginId id) {
        return new PluginException(
                "DP-0830",
                "Plugin '" + id + "' is not running, and does not start when needed. Start it: dataprism plugins start "
                        + id);
    }

    @Override
    public boolean isIdempotent(PluginId id, String capability) {
        return lifecycle
                .plugin(id)
                .filter(info -> info.manifest().idempotent().contains(capability))
                .isPresent();
    }

    @Override
    public Optional<String> stateOf(PluginId id) {
        return lifecycle.plugin(id).map(PluginInfo::state).map(PluginState::label);
    }
}
