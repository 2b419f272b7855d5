package io.dataprism.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FairShareTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    private final FairShare share = new FairShare();
    private final long start = System.nanoTime();

    @Test
    void whatIsUsedBeyondASecondIsWaitedForTenTimes() {
        assertEquals(0, share.waitMillis(600 * MILLI, start));
        assertEquals(2_001, share.waitMillis(600 * MILLI, start), 1);
        // Two seconds later a fifth of one is back, and none is owed any more
        assertEquals(0, share.waitMillis(0, start + 2 * SECOND + MILLI));
        assertEquals(1_000, share.waitMillis(100 * MILLI, start + 2 * SECOND + MILLI), 2);
    }

    @Test
    void whoRestsForLongHasASecondAgainAndNoMore() {
        assertEquals(0, share.waitMillis(SECOND, start));
        assertEquals(0, share.waitMillis(SECOND, start + 3_600 * SECOND));
        assertEquals(1_001, share.waitMillis(100 * MILLI, start + 3_600 * SECOND), 1);
    }
}
