package io.dataprism.api;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a call or request is made.
 *
 * @param timeout how long the caller waits; positive. A call made while another is being handled waits no longer than that one's caller does
 * @param retries how often a call is made again, within the timeout, when it was refused ({@link FailureKind#BUSY}, {@link
 *     FailureKind#NOT_RUNNING}), and where its capability is idempotent (by the manifest, or {@link Capabilities#idempotent}), also when the receiver was
 *     stopped while it handled it; 0 to 10. What a handler itself fails with is its answer, whatever the kind
 * @param cancelledBy once it completes, the call is given up: it fails as {@link FailureKind#CANCELLED}, and who handles it is told
 * @param breaker when it is not made, since such calls failed lately; empty: it always is. Streams are opened without
 * @param node which node's plugin is meant; empty: this node's, and where it has none any other's that does
 */
public record CallOptions(
        Duration timeout,
        int retries,
        @Nullable Future<?> cancelledBy,
        Optional<String> node,
        Optional<CircuitBreaker> breaker) {
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

    /** Without a circuit breaker. */
    public CallOptions(Duration timeout, int retries, @Nullable Future<?> cancelledBy, Optional<String> node) {
        this(timeout, retries, cancelledBy, node, Optional.empty());
    }

    /** On whichever node. */
    public CallOptions(Duration timeout, int retries, @Nullable Future<?> cancelledBy) {
        this(timeout, retries, cancelledBy, Optional.empty());
    }

    public static CallOptions within(Duration timeout) {
        return new CallOptions(timeout, 0, null);
    }

    /** These, and of the plugin of that node alone: {@link FailureKind#NOT_RUNNING} where no such node is in the cluster. */
    public CallOptions on(String name) {
        return new CallOptions(timeout, retries, cancelledBy, Optional.of(name), breaker);
    }

    /** These, and so many retries. */
    public CallOptions retrying(int times) {
        return new CallOptions(timeout, times, cancelledBy, node, breaker);
    }

    /** These, and given up once {@code cancel} completes. */
    public CallOptions until(Future<?> cancel) {
        return new CallOptions(timeout, retries, cancel, node, breaker);
    }

    /** These, and not made while {@code circuit} is open; its failures are counted for the capability that is called, and for this caller. */
    public CallOptions breaking(CircuitBreaker circuit) {
        return new CallOptions(timeout, retries, cancelledBy, node, Optional.of(circuit));
    }
}
