package io.dataprism.kernel.context;

import static io.dataprism.kernel.context.ContextFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fixture's account holds 64 KB, so that a cache holds 16. */
class PluginCacheTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private ContextFixture node;
    private PluginCache cache;

    @BeforeEach
    void open() throws Exception {
        node = new ContextFixture(folder);
        cache = new PluginCache(node.runtime, nanos::get);
    }

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    private static Buffer bytes(int count) {
        return Buffer.buffer(new byte[count]);
    }

    private boolean has(String key) throws Exception {
        return await(cache.get(key)).isPresent();
    }

    private long used() {
        return node.runtime.memory().used();
    }

    private String refusal(Future<?> put) {
        return assertThrows(PluginException.class, () -> await(put)).code();
    }

    @Test
    @DisplayName("Caching: Cache expensive operations: gives back what was put, and answers in a slice")
    void givesBackWhatWasPutAndAnswersInASlice() throws Exception {
        Buffer value = Buffer.buffer("abc");
        boolean inSlice = node.run(() -> cache.put("k", value, HOUR)
                .map(done -> node.deployment.mailbox().inSlice()));
        assertTrue(inSlice);
        value.setByte(0, (byte) 'x');
        assertEquals("abc", await(cache.get("k")).orElseThrow().toString());
        await(cache.get("k")).orElseThrow().setByte(0, (byte) 'y');
        assertEquals("abc", await(cache.get("k")).orElseThrow().toString());
        assertEquals(Optional.empty(), await(cache.get("other")));
    }

    @Test
    void chargesTheAccountAndGivesBack() throws Exception {
        await(cache.put("ab", bytes(100), HOUR));
        assertEquals(100 + 4 + 128, used());
        await(cache.put("ab", bytes(50), HOUR));
        assertEquals(50 + 4 + 128, used());
        assertTrue(await(cache.remove("ab")));
        assertFalse(await(cache.remove("ab")));
        assertEquals(0, used());
        await(cache.put("ab", bytes(50), HOUR));
        await(cache.clear());
        assertEquals(0, used());
    }

    @Test
    @DisplayName("Caching: when appropriate: the least recently used makes room")
    void theLeastRecentlyUsedMakesRoom() throws Exception {
        await(cache.put("a", bytes(5000), HOUR));
        await(cache.put("b", bytes(5000), HOUR));
        await(cache.put("c", bytes(5000), HOUR));
        assertTrue(has("a"));
        await(cache.put("d", bytes(5000), HOUR));
        assertTrue(has("a"));
        assertFalse(has("b"));
        assertTrue(has("c"));
        assertTrue(used() <= 16 * 1024);
    }

    @Test
    void aFullAccountCostsTheCacheNotThePlugin() throws Exception {
        await(cache.put("a", bytes(4000), HOUR));
        node.runtime.memory().allocate(60_000);
        await(cache.put("b", bytes(4000), HOUR));
        assertFalse(has("a"));
        assertTrue(has("b"));
        assertEquals("DP-0601", refusal(cache.put("c", bytes(8000), HOUR)));
        assertFalse(has("b"));
        assertEquals(60_000, used());
    }

    @Test
    void whatIsOverIsNeverAnswered() throws Exception {
        await(cache.put("short", bytes(10), Duration.ofNanos(10)));
        await(cache.put("long", bytes(10), Duration.ofSeconds(Long.MAX_VALUE)));
        nanos.set(9);
        assertTrue(has("short"));
        nanos.set(10);
        assertFalse(has("short"));
        assertTrue(has("long"));
        assertEquals(10 + 8 + 128, used());
    }

    @Test
    void whatIsOutOfRangeIsRefused() throws Exception {
        assertEquals("DP-0605", refusal(cache.put("big", bytes(17 * 1024), HOUR)));
        assertEquals("DP-0605", refusal(cache.put("", bytes(1), HOUR)));
        assertEquals("DP-0605", refusal(cache.put("k".repeat(513), bytes(1), HOUR)));
        assertEquals("DP-0605", refusal(cache.put("k", bytes(1), Duration.ZERO)));
        assertEquals(0, used());
    }

    @Test
    void takesNothingAfterTheEnd() throws Exception {
        await(cache.put("a", bytes(10), HOUR));
        cache.close();
        assertEquals(0, used());
        assertEquals("DP-0191", refusal(cache.put("a", bytes(10), HOUR)));
        assertFalse(has("a"));
    }
}
