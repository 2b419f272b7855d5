package io.dataprism.kernel.lifecycle;

import io.dataprism.kernel.vertx.Stirred;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * At whom the periodic check looks: the plugins that have stirred since, those that the last look wants to see again, and those that wait for something;
 * besides, a few at a time, at all, in case somebody else did something to one that sleeps. Owned by the lifecycle thread.
 */
final class Lookout {
    private final Slots slots;
    private final Stirred.Reader stirred;
    private final Agenda agenda = new Agenda();

    Lookout(Slots slots, Stirred.Reader stirred) {
        this.slots = slots;
        this.stirred = stirred;
    }

    /** Look at {@code slot} after {@code delay}, even if nothing stirs in it. */
    void again(PluginSlot slot, Duration delay) {
        agenda.put(slot, delay);
    }

    /** {@code slot} is gone. */
    void forget(PluginSlot slot) {
        agenda.forget(slot);
    }

    /** How many are to be looked at again, now or later. */
    int planned() {
        return agenda.size();
    }

    /** Those whose turn it is now. */
    Collection<PluginSlot> next() {
        Set<PluginSlot> next = new LinkedHashSet<>();
        stirred.take().forEach(id -> slots.find(id).ifPresent(next::add));
        agenda.due().stream().filter(slots::has).forEach(next::add);
        next.addAll(slots.waiting());
        next.addAll(slots.turn());
        return next;
    }
}
