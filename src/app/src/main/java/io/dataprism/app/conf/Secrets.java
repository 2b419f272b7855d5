package io.dataprism.app.conf;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The values that references were resolved to in this process, so that no log line, error or answer shows one: where a value would
 * stand, the reference stands. Safe to use from any thread. One a process, since the log is one a process.
 */
public final class Secrets {
    /** Shorter values are too likely to be part of something else. */
    private static final int SHORTEST = 4;

    /** Longer ones first: what is left of one after a shorter one inside it was replaced would still tell most of it. */
    private static final Map<String, String> REFERENCES = new ConcurrentSkipListMap<>(
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    private Secrets() {}

    static void add(String value, String reference) {
        if (value.length() >= SHORTEST) {
            REFERENCES.put(value, reference);
        }
    }

    /** {@code text} without any secret. */
    public static String mask(String text) {
        String masked = text;
        for (Map.Entry<String, String> secret : REFERENCES.entrySet()) {
            if (masked.contains(secret.getKey())) {
                masked = masked.replace(secret.getKey(), secret.getValue());
            }
        }
        return masked;
    }

    /** The same for everything in a JSON object. */
    public static JsonObject mask(JsonObject json) {
        if (REFERENCES.isEmpty()) {
            return json;
        }
        JsonObject masked = new JsonObject();
        json.forEach(entry -> masked.put(entry.getKey(), masked(entry.getValue())));
        return masked;
    }

    private static @Nullable Object masked(@Nullable Object value) {
        if (value instanceof String text) {
            return mask(text);
        }
        if (value instanceof JsonObject object) {
            return mask(object);
        }
        if (value instanceof JsonArray array) {
            JsonArray masked = new JsonArray();
            array.forEach(item -> masked.add(masked(item)));
            return masked;
        }
        return value;
    }
}
