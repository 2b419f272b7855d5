package io.dataprism.kernel.supervision;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;

/**
 * One failure of a plugin, as it is kept and shown.
 *
 * @param code the stable code
 * @param step what it was doing: {@code start}, {@code running}, …
 * @param message what failed
 * @param stack where, as text; empty where that is not known
 * @param ran how long it had run before
 */
public record FailureRecord(Instant at, String code, String step, String message, String stack, Duration ran) {

    public FailureRecord {
        // As exact as it is stored.
        ran = Duration.ofMillis(ran.toMillis());
    }

    public JsonObject toJson() {
        JsonObject json = new JsonObject()
                .put("at", at.toString())
                .put("code", code)
                .put("step", step)
                .put("message", message)
                .put("ranMillis", ran.toMillis());
        return stack.isEmpty() ? json : json.put("stack", stack);
    }

    /** What {@link #toJson} made; throws what reading it throws. */
    public static FailureRecord fromJson(JsonObject json) {
        return new FailureRecord(
                Instant.parse(json.getString("at")),
                json.getString("code"),
                json.getString("step"),
                json.getString("message"),
                json.getString("stack", ""),
                Duration.ofMillis(json.getLong("ranMillis")));
    }
}
