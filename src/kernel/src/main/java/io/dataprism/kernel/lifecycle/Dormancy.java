package io.dataprism.kernel.lifecycle;

import io.dataprism.kernel.manifest.PluginKey;
import io.dataprism.kernel.manifest.PluginManifest;
import io.dataprism.kernel.messaging.Messaging;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which plugins can be woken by a call or an event: the lazy ones that nobody stopped and that did not fail. Owned by the lifecycle thread. */
final class Dormancy {
    private final Messaging messaging;
    private final Slots slots;
    private final Map<PluginSlot, Announced> announced = new HashMap<>();

    Dormancy(Messaging messaging, Slots slots) {
        this.messaging = messaging;
        this.slots = slots;
    }

    /** A version that is announced, and how to take that back. */
    private record Announced(PluginKey key, Runnable retract) {}

    /** Announce {@code slot}, or take that back, as things are now. */
    void update(PluginSlot slot) {
        Optional<PluginManifest> wakeable = slot.barred || slot.held
                ? Optional.empty()
                : slots.current(slot).map(record -> record.manifest()).filter(Lifecycle::isLazy);
        Announced before = announced.get(slot);
        if (before != null && wakeable.map(PluginManifest::key).equals(Optional.of(before.key))) {
            return;
        }
        forget(slot);
        wakeable.ifPresent(manifest -> announced.put(slot, new Announced(manifest.key(), announce(manifest))));
    }

    private Runnable announce(PluginManifest manifest) {
        return messaging.dormant(
                manifest.id(),
                manifest.activation().onCapability(),
                manifest.activation().onEvent());
    }

    /** {@code slot} is gone. */
    void forget(PluginSlot slot) {
        Announced before = announced.remove(slot);
        if (before != null) {
            before.retract.run();
        }
    }
}
