package io.dataprism.kernel.messaging;

import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * One circuit breaker of a caller, as of one moment.
 *
 * @param what plugin and capability that are called, for example {@code users:find}, and {@code @node} where one was named
 * @param failures how often that failed without a success between
 * @param open whether it is not called now, or once only, as a trial
 * @param left until that trial; zero where it is under way, or the breaker is not open
 */
public record CircuitState(String what, int failures, boolean open, Duration left) {

    public JsonObject toJson() {
        return new JsonObject()
                .put("what", what)
                .put("failures", failures)
                .put("open", open)
                .put("leftMillis", left.toMillis());
    }
}
