package io.dataprism.api;

import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;

/** How handles are written: {@code {"$kind": {"node", "owner", "id", "lease"}}}, the lease as ISO-8601 in UTC. */
final class HandleJson {
    private HandleJson() {}

    static JsonObject write(String key, String node, String owner, String id, Instant lease) {
        return new JsonObject()
                .put(
                        key,
                        new JsonObject()
                                .put("node", node)
                                .put("owner", owner)
                                .put("id", id)
                                .put("lease", lease.toString()));
    }

    static JsonObject fields(String key, JsonObject json) {
        if (json.getValue(key) instanceof JsonObject fields) {
            return fields;
        }
        throw invalid(key, "the object '" + key + "'");
    }

    static String text(String key, JsonObject fields, String name) {
        if (fields.getValue(name) instanceof String text) {
            return text;
        }
        throw invalid(key, "the text '" + name + "'");
    }

    static Instant lease(String key, JsonObject fields) {
        try {
            return Instant.parse(text(key, fields, "lease"));
        } catch (DateTimeException e) {
            throw invalid(key, "an ISO-8601 instant in 'lease'");
        }
    }

    private static CallException invalid(String key, String lacks) {
        return new CallException(
                FailureKind.INVALID,
                "A " + key.substring(1) + " handle lacks " + lacks + ". Pass a handle on exactly as it was returned.");
    }
}
