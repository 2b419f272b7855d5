package io.dataprism.faults.node;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * How quickly the neighbours answered at a fixed rate, each time counted from when the call was due.
 *
 * @param sent calls
 * @param failed those that failed
 */
public record Pace(long sent, long failed, Duration p50, Duration p99, Duration most) {
    private static final int PER_SECOND = 500;
    private static final Duration SPARE = Duration.ofSeconds(60);

    /** Measure now. */
    public static Pace of(NodeProcess node, Duration time) {
        JsonObject body = new JsonObject().put("millis", time.toMillis()).put("perSecond", PER_SECOND);
        JsonObject seen = (JsonObject) node.call(Scene.PACER, "measure", body, time.plus(SPARE));
        return new Pace(
                seen.getLong("sent"),
                seen.getLong("failed"),
                micros(seen, "p50"),
                micros(seen, "p99"),
                micros(seen, "most"));
    }

    /** Measure while something else is done. */
    public static CompletableFuture<Pace> meanwhile(NodeProcess node, Duration time) {
        return Deadline.onOwnThread("pace", () -> of(node, time));
    }

    private static Duration micros(JsonObject seen, String field) {
        return Duration.ofNanos(seen.getLong(field) * 1_000);
    }
}
