package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.registry.PluginRegistry;
import io.dataprism.kernel.registry.RegistryOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SlotsTest {
    @TempDir
    Path folder;

    private Slots slots;

    @BeforeEach
    void open() {
        slots = new Slots(PluginRegistry.open(RegistryOptions.in(folder)));
    }

    private PluginSlot slot(String id) {
        return slots.of(new PluginId(id));
    }

    @Test
    void oneThatWasForgottenAndTakesItsLastStepCountsNoMore() {
        PluginSlot slot = slot("p");
        slot.wanted = true;
        slots.seen(slot);
        assertEquals(List.of(slot), slots.waiting());
        slots.forget(slot.id);
        slots.seen(slot);
        assertEquals(List.of(), slots.waiting());
        PluginSlot next = slot("p");
        next.held = true;
        slots.seen(next);
        slots.seen(slot);
        assertEquals(1, slots.held());
        assertEquals(List.of(), slots.waiting());
    }

    @Test
    void eachHasItsTurn() {
        assertEquals(List.of(), slots.turn());
        for (int i = 0; i < Slots.TURN; i++) {
            slot("p" + i);
        }
        assertEquals(slots.all(), slots.turn());
        assertEquals(slots.all(), slots.turn());
        for (int i = Slots.TURN; i < Slots.TURN * 5 / 2; i++) {
            slot("p" + i);
        }
        for (int round = 0; round < 2; round++) {
            List<PluginSlot> seen = new ArrayList<>();
            for (int turn = 0; turn < 3; turn++) {
                seen.addAll(slots.turn());
            }
            assertEquals(Slots.TURN * 5 / 2, new HashSet<>(seen).size(), "round " + round);
        }
    }
}
