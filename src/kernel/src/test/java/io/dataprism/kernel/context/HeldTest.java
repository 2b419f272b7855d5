package io.dataprism.kernel.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.MemoryAccount;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.resource.MemoryAccounts;
import org.junit.jupiter.api.Test;

class HeldTest {
    private final MemoryAccount account = new MemoryAccounts(1_000, 1_000).open(new PluginId("p"));

    @Test
    void whatWasReleasedTakesNothingMore() {
        Held held = new Held(account);
        assertTrue(held.take(10) && held.take(20));
        assertEquals(30, account.used());
        held.release();
        held.release();
        assertFalse(held.take(40));
        assertEquals(0, account.used());
    }
}
