package io.dataprism.api;

import io.vertx.core.Future;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a call or request is made.
 *
 * @param timeout how long the caller waits; positive. A call made while another is being handled waits no longer than that one's caller does
 * @param retries how often a call is made again, within the timeout, when it was refused ({@link FailureKind#BUSY}, {@link
 *     FailureKind#NOT_RUNNING}), and where its capability is {@linkplain Capabilities#idempotent idempotent}, also when the receiver was stopped
 *     while it handled it; 0 to 10
 * @param cancelledBy once it completes, the call is given up: it fails as {@link FailureKind#CANCELLED}, and who handles it is told
 */
public record CallOptions(
        Duration timeout, int retries, @Nullable Future<?> cancelledBy) {
    private static final int MOST_RETRIES = 10;

    /** 30 seconds, no retry. */
    public static final CallOptions DEFAULT = within(Duration.ofSeconds(30));

    public CallOptions {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new PluginException("DP-0309", "A call's timeout must be positive, but is " + timeout + ".");
        }
        if (retries < 0 || retries > MOST_RETRIES) {
            throw new PluginException(
                    "DP-0309", "A call may be retried 0 to " + MOST_RETRIES + " times, but is to be " + retries + ".");
        }
    }

    public static CallOptions within(Duration timeout) {
        return new CallOptions(timeout, 0, null);
    }

    /** These, and so many retries. */
    public CallOptions retrying(int times) {
        return new CallOptions(timeout, times, cancelledBy);
    }

    /** These, and given up once {@code cancel} completes. */
    public CallOptions until(Future<?> cancel) {
        return new CallOptions(timeout, retries, cancel);
    }
}
