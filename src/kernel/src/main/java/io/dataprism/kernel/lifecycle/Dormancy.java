package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.messaging.Messaging;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which plugins can be woken by a call or an event: the lazy and idle ones that nobody stopped and that did not fail. Owned by the lifecycle thread. */
final class Dormancy {
    private final Messaging messaging;
    private final Slots slots;
    private final Map<PluginSlot, Announced> announced = new HashMap<>();

    Dormancy(Messaging messaging, Slots slots) {
        this.messaging = messaging;
        this.slots = slots;
    }

    /** What is announced, and how to take that back. */
    private record Announced(Wakeable wakeable, Runnable retract) {}

    /** A plugin, and what wakes it. */
    private record Wakeable(PluginId id, Triggers by) {}

    /** Announce {@code slot}, or take that back, as things are now. */
    void update(PluginSlot slot) {
        Optional<Wakeable> wakeable = slot.barred || slot.held
                ? Optional.empty()
                : slots.current(slot)
                        .flatMap(record -> Triggers.of(slot, record.manifest()))
                        .map(by -> new Wakeable(slot.id, by));
        Announced before = announced.get(slot);
        if (before != null && wakeable.equals(Optional.of(before.wakeable))) {
            return;
        }
        forget(slot);
        wakeable.ifPresent(now -> announced.put(slot, new Announced(now, announce(now))));
    }

    private Runnable announce(Wakeable plugin) {
        return messaging.dormant(plugin.id, plugin.by.capabilities(), plugin.by.topics());
    }

    /** {@code slot} is gone. */
    void forget(PluginSlot slot) {
        Announced before = announced.remove(slot);
        if (before != null) {
            before.retract.run();
        }
    }
}
