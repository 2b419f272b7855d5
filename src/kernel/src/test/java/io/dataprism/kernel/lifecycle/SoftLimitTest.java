package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.MemoryAccount;
import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.resource.MemoryAccounts;
import org.junit.jupiter.api.Test;

/** What follows from counts of one plugin, one after the other; it may have 100 bytes. */
final class SoftLimitTest {
    private static final PluginId ID = new PluginId("hoarder");

    private final MemoryAccounts accounts = new MemoryAccounts(100, 1_000);
    private final MemoryAccount account = accounts.open(ID);
    private final SoftLimit limit = new SoftLimit(accounts);

    private boolean found(long bytes, boolean cut) {
        return limit.isTooMuch(ID, BlameTest.retaining(bytes, !cut, cut));
    }

    private void assertRefused() {
        assertEquals(
                "DP-0680",
                assertThrows(PluginException.class, () -> account.allocate(1)).code());
    }

    @Test
    void aCountThatWasCutNeitherForgetsNorLiftsAnything() {
        assertFalse(found(150, false));
        assertFalse(found(150, true), "at least so much is too much, too");
        assertRefused();
        assertFalse(found(10, true));
        assertRefused();
        assertTrue(limit.isPressing());
        assertTrue(found(150, false), "for the third time, and never found to have little");
    }

    @Test
    void aWholeCountOfWhatItMayHaveEndsIt() {
        found(150, false);
        found(150, false);
        assertFalse(found(10, false));
        assertDoesNotThrow(() -> account.allocate(1));
        assertFalse(limit.isPressing());
        assertFalse(found(150, false), "it begins anew");
    }
}
