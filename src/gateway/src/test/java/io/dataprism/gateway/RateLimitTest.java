package io.dataprism.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class RateLimitTest {
    private static final long MILLI = 1_000_000L;

    private static int taken(RateLimit rate, long from, long to) {
        int taken = 0;
        for (long now = from; now < to; now += MILLI / 4) {
            if (rate.take(now)) {
                taken++;
            }
        }
        return taken;
    }

    @Test
    void letsABurstOfOneSecondPassAndThenItsRate() {
        RateLimit rate = new RateLimit(100, 0);
        int first = 0;
        while (rate.take(0)) {
            first++;
        }
        assertEquals(100, first);
        assertEquals(200, taken(rate, 0, 2_000 * MILLI + 1));
    }

    @Test
    void aLongPauseSavesUpNoMoreThanOneSecond() {
        RateLimit rate = new RateLimit(10, 0);
        assertEquals(10, taken(rate, 3_600_000 * MILLI, 3_600_000 * MILLI + 50 * MILLI));
    }
}
