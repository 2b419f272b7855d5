package io.dataprism.api;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Optional;

/**
 * A plugin's own cache: bytes kept in memory as long as there is room. Whatever is in it may be gone at the next look, and all of it is when
 * the plugin ends; what must stay belongs into {@link Storage}.
 *
 * <p><b>Room.</b> Each value is charged to the plugin's {@link MemoryAccount} with its bytes, twice its key's characters and 128 bytes; the whole
 * cache takes a quarter of the account's limit at most. Where there is no room the values that were not used for the longest time go first. A value
 * whose time is over is never answered; it goes off the account at the next use of the cache.
 *
 * <p>Needs no permission. Safe to use from any thread of the plugin; bytes are copied both ways.
 *
 * <pre>{@code
 * context.cache()
 *         .get("bern")
 *         .compose(kept -> kept.isPresent()
 *                 ? Future.succeededFuture(kept.get())
 *                 : context.cache()
 *                         .put("bern", Buffer.buffer("12 °C"), Duration.ofMinutes(5))
 *                         .map(Buffer.buffer("12 °C")));
 * }</pre>
 */
public interface Cache {

    /** The value of {@code key}, if it is still there. */
    Future<Optional<Buffer>> get(String key);

    /**
     * Keep {@code value} for {@code life} at most, in place of what was there.
     *
     * @param key 1 to 512 characters
     * @param life above zero
     * @return fails with {@code DP-0605} for a value that is larger than the whole cache or a key or life out of range, and with {@code DP-0601} or {@code
     *     DP-0602} where the account has no room even for this value alone; then nothing is kept for {@code key}
     */
    Future<Void> put(String key, Buffer value, Duration life);

    /** Forget {@code key}; whether it was there. */
    Future<Boolean> remove(String key);

    /** Forget all. */
    Future<Void> clear();
}
