package io.dataprism.kernel.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class RouteCacheTest {
    private final RouteCache<Object> cache = new RouteCache<>(100);

    @Test
    void whatIsUsedStaysHoweverManyOthersPass() {
        Object busy = new Object();
        cache.put("busy", busy);
        for (int i = 0; i < 10_000; i++) {
            cache.put("once." + i, new Object());
            assertTrue(cache.size() <= 200, "size " + cache.size());
            if (i % 50 == 0) {
                assertEquals(busy, cache.get("busy"));
            }
        }
        assertNull(cache.get("once.0"));
        assertEquals(Object.class, cache.get("once.9999").getClass());
    }

    @Test
    void itIsNeverEmptiedByBeingFull() {
        for (int i = 0; i < 1_000; i++) {
            cache.put("once." + i, i);
            assertTrue(cache.size() >= Math.min(i + 1, 100), "size " + cache.size() + " after " + i);
        }
    }

    @Test
    void whatWasForgottenDoesNotComeBackByBeingAskedFor() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        Thread reader = new Thread(() -> {
            while (!enough.get()) {
                cache.get("t");
            }
        });
        reader.start();
        try {
            for (int round = 0; round < 2_000; round++) {
                Object stale = new Object();
                cache.put("t", stale);
                // Into the older generation, from where it is renewed when it is asked for.
                for (int i = 0; i < 100; i++) {
                    cache.put("other." + i, i);
                }
                cache.clear();
            }
        } finally {
            enough.set(true);
            reader.join();
        }
        assertNull(cache.get("t"));
    }
}
