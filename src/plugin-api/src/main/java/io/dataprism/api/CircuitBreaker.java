package io.dataprism.api;

import java.time.Duration;

/**
 * When a caller stops calling for a while what does not work. After so many failures in a row of its calls of one capability, further ones fail at once
 * with {@link FailureKind#BUSY} and the code {@code DP-0669}, which says until when; then one call is let through: when it succeeds, so are all others
 * again, and when it fails, the same time begins anew. It is this caller's own: what others call, and how that ends, is theirs.
 *
 * <p>Failures are those that the receiver's state or work ends in: {@link FailureKind#FAILED}, {@code LATE}, {@code BUSY}, {@code NOT_RUNNING}. What the
 * caller itself does wrong, may not, or gave up ({@code INVALID}, {@code DENIED}, {@code NO_SUCH_CAPABILITY}, {@code CANCELLED}) neither counts nor mends.
 *
 * <pre>{@code
 * CallOptions careful = CallOptions.within(Duration.ofSeconds(2)).breaking(new CircuitBreaker(5, Duration.ofSeconds(10)));
 * context.calls().call("prices", "find", new JsonObject().put("item", 1), careful);
 * }</pre>
 *
 * @param failures so many in a row; at least 1
 * @param open for so long nothing is called; positive
 */
public record CircuitBreaker(int failures, Duration open) {

    public CircuitBreaker {
        if (failures < 1 || open.isNegative() || open.isZero()) {
            throw new PluginException(
                    "DP-0309",
                    "A circuit breaker must take at least 1 failure and be open for a time, but is to take " + failures
                            + " and be open for " + open + ".");
        }
    }
}
