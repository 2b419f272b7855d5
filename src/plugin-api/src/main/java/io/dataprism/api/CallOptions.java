package io.dataprism.api;

import java.time.Duration;

/**
 * How a call or request is made.
 *
 * @param timeout how long the caller waits; positive
 */
public record CallOptions(Duration timeout) {
    /** 30 seconds. */
    public static final CallOptions DEFAULT = new CallOptions(Duration.ofSeconds(30));

    public CallOptions {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new PluginException("DP-0309", "A call's timeout must be positive, but is " + timeout + ".");
        }
    }

    public static CallOptions within(Duration timeout) {
        return new CallOptions(timeout);
    }
}
