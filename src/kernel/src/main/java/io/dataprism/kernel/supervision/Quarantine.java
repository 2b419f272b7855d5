package io.dataprism.kernel.supervision;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;

/**
 * Why a plugin is quarantined.
 *
 * @param code the stable code of the cause
 * @param step what it was doing last
 * @param message the cause
 * @param evidence its last failures, the oldest first
 * @param use what it used of processor and memory before, the oldest point first: {@code at}, {@code cpuPercent}, {@code memory}
 * @param artifacts the SHA-256 of what was installed of it then; anything else is worth a try
 */
public record Quarantine(
        Instant since,
        String code,
        String step,
        String message,
        List<FailureRecord> evidence,
        JsonArray use,
        List<String> artifacts) {
    /** The format of {@link #toStored}. */
    private static final int FORMAT = 1;

    public Quarantine {
        evidence = List.copyOf(evidence);
        use = use.copy();
        artifacts = List.copyOf(artifacts);
    }

    /** For whoever looks at it. */
    public JsonObject toJson() {
        JsonArray failures = new JsonArray();
        evidence.forEach(failure -> failures.add(failure.toJson()));
        return new JsonObject()
                .put("since", since.toString())
                .put("code", code)
                .put("step", step)
                .put("message", message)
                .put("evidence", failures)
                .put("use", use.copy());
    }

    /** For the store. */
    public JsonObject toStored() {
        return toJson().put("format", FORMAT).put("artifacts", new JsonArray(artifacts));
    }

    /** What {@link #toStored} made; throws an {@link IllegalArgumentException} for what is of another format. */
    public static Quarantine fromStored(JsonObject json) {
        if (!Integer.valueOf(FORMAT).equals(json.getInteger("format"))) {
            throw new IllegalArgumentException(
                    "it has the format " + json.getValue("format") + ", but this kernel reads " + FORMAT);
        }
        return new Quarantine(
                Instant.parse(json.getString("since")),
                json.getString("code"),
                json.getString("step"),
                json.getString("message"),
                json.getJsonArray("evidence").stream()
                        .map(JsonObject.class::cast)
                        .map(FailureRecord::fromJson)
                        .toList(),
                // Earlier kernels kept none.
                json.getJsonArray("use", new JsonArray()),
                json.getJsonArray("artifacts").stream().map(String::valueOf).toList());
    }
}
