package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.resource.Measured;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Of a heap of 1,000 bytes. */
final class BlameTest {
    private static final PluginId ONE = new PluginId("one");
    private static final PluginId OTHER = new PluginId("other");

    static Measured retaining(long bytes, boolean whole, boolean cut) {
        return new Measured(Instant.EPOCH, OptionalLong.of(bytes), whole, cut, 0, 0, 0);
    }

    private static Blame blame(long inUse, Measured one, Measured other) {
        return new Blame(Map.of(ONE, one, OTHER, other), inUse, 1_000);
    }

    @Test
    void whoHoldsLessThanATwentiethIsHeldForNothing() {
        Blame blame = blame(900, retaining(49, true, false), retaining(50, true, false));
        assertFalse(blame.allowsHolding(ONE));
        assertTrue(blame.allowsHolding(OTHER));
        assertFalse(blame.allowsHolding(new PluginId("unknown")));
    }

    @Test
    void whoCouldNotBeCountedToTheEndMayHoldWhatNobodyElseDoes() {
        Blame blame = blame(900, retaining(100, false, true), retaining(300, true, false));
        assertEquals(600, blame.most(ONE));
        assertEquals(300, blame.most(OTHER));
        assertEquals(100, blame.retained(ONE));
    }

    @Test
    void nobodyUnderAFifthIsEndedWhileMuchMayBeHidden() {
        Blame explained = blame(900, retaining(150, true, false), retaining(600, true, false));
        assertTrue(explained.allowsEnding(ONE));
        Blame notCounted = blame(900, retaining(150, true, false), retaining(600, false, true));
        assertFalse(notCounted.allowsEnding(ONE), "the other was not counted to the end");
        assertTrue(notCounted.allowsEnding(OTHER), "it has more than a fifth as it is");
        Blame hidden = blame(900, retaining(150, true, false), retaining(60, true, false));
        assertFalse(hidden.allowsEnding(ONE), "most of what is in use is nobody's that is known");
    }
}
