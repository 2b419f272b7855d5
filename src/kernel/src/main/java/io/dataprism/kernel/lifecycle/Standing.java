package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.resolve.Explanation;
import io.dataprism.kernel.resolve.Resolution;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Why a plugin runs or does not: what became of it goes before what the resolver chose, which knows of no stop and no failure. Owned by
 * the lifecycle thread.
 */
final class Standing {
    private final Slots slots;

    Standing(Slots slots) {
        this.slots = slots;
    }

    Explanation why(PluginId id) {
        List<String> steps = new ArrayList<>();
        Resolution resolution = slots.resolution(id);
        add(id, resolution, steps, new LinkedHashSet<>());
        return steps.isEmpty() ? resolution.why(id) : new Explanation(id, false, steps);
    }

    /** What keeps {@code id} down, then what keeps down those that it waits for. */
    private void add(PluginId id, Resolution resolution, List<String> steps, Set<PluginId> seen) {
        PluginSlot slot = slots.find(id).orElse(null);
        if (slot == null || slot.hosted != null || !slot.wanted || !seen.add(id)) {
            return;
        }
        if (slot.barred || slot.held) {
            steps.add(String.valueOf(Activation.obstacle(slot).getMessage()));
        } else if (slot.blocked != null && Slots.obstacle(resolution, id).isEmpty()) {
            steps.add(String.valueOf(slot.blocked.getMessage()));
            resolution.dependenciesOf(id).stream().sorted().forEach(needed -> add(needed, resolution, steps, seen));
        }
    }
}
