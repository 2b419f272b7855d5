package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.messaging.Activator;
import io.dataprism.kernel.registry.PluginState;
import io.vertx.core.Future;
import java.util.Optional;

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
        return thread.call(() -> onThread(id));
    }

    private Future<Void> onThread(PluginId id) {
        PluginSlot slot = slots.of(id);
        if (engine.isClosing()) {
            return Future.failedFuture(Lifecycle.closed());
        }
        if (slot.isUp() && !engine.isLeaving(slot)) {
            return Future.succeededFuture();
        }
        if (slot.barred || slot.held || slot.blocked != null) {
            return Future.failedFuture(obstacle(slot));
        }
        if (!slot.wanted) {
            if (!isLazy(slot)) {
                return Future.failedFuture(notByCalls(slot));
            }
            engine.submit(slot, new Request.Up(LoadOptions.DEFAULT));
        }
        return slot.whenRunning();
    }

    private boolean isLazy(PluginSlot slot) {
        return slots.current(slot)
                .map(record -> Lifecycle.isLazy(record.manifest()))
                .orElse(false);
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

    private static PluginException notByCalls(PluginSlot slot) {
        return new PluginException(
                "DP-0830",
                "Plugin '" + slot.id
                        + "' is not running, and is not started by calls. Start it: dataprism plugins start "
                        + slot.id);
    }

    @Override
    public Optional<String> stateOf(PluginId id) {
        return lifecycle.plugin(id).map(PluginInfo::state).map(PluginState::label);
    }
}
