package io.dataprism.api;

import io.vertx.core.Future;
import java.time.Duration;

/**
 * How a stream is read.
 *
 * @param call as for any call; its timeout is that of the whole stream, and it is retried only before the stream has begun
 * @param idle how long nothing may move: no item come, while one is waited for, and none be taken, while there are some; then the stream fails as
 *     {@link FailureKind#LATE} on both sides
 * @param items how many items the other side may run ahead; 1 to 1,024
 * @param bytes about how many bytes they may hold together; an item that is larger comes when nothing else is on its way. 1 KiB to 64 MiB
 */
public record StreamOptions(CallOptions call, Duration idle, int items, int bytes) {
    private static final int MOST_ITEMS = 1_024;
    private static final int FEWEST_BYTES = 1 << 10;
    private static final int MOST_BYTES = 64 << 20;

    /** An hour in all, 30 seconds idle, 64 items, 1 MiB. */
    public static final StreamOptions DEFAULT = within(Duration.ofHours(1));

    public StreamOptions {
        if (idle.isNegative() || idle.isZero()) {
            throw new PluginException("DP-0309", "A stream's idle limit must be positive, but is " + idle + ".");
        }
        if (items < 1 || items > MOST_ITEMS || bytes < FEWEST_BYTES || bytes > MOST_BYTES) {
            throw new PluginException(
                    "DP-0309",
                    "A stream may run 1 to " + MOST_ITEMS + " items and " + FEWEST_BYTES + " to " + MOST_BYTES
                            + " bytes ahead, but is to run " + items + " items and " + bytes + " bytes ahead.");
        }
    }

    /** The whole stream within {@code timeout}. */
    public static StreamOptions within(Duration timeout) {
        return new StreamOptions(CallOptions.within(timeout), Duration.ofSeconds(30), 64, 1 << 20);
    }

    /** These, with another idle limit. */
    public StreamOptions idle(Duration longest) {
        return new StreamOptions(call, longest, items, bytes);
    }

    /** These, with so many items and bytes ahead. */
    public StreamOptions ahead(int mostItems, int mostBytes) {
        return new StreamOptions(call, idle, mostItems, mostBytes);
    }

    /** These, and given up once {@code cancel} completes. */
    public StreamOptions until(Future<?> cancel) {
        return new StreamOptions(call.until(cancel), idle, items, bytes);
    }

    /** These, and of the plugin of that node alone. */
    public StreamOptions on(String node) {
        return new StreamOptions(call.on(node), idle, items, bytes);
    }
}
