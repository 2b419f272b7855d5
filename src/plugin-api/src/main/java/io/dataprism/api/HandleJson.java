package io.dataprism.api;

import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * How handles are written: {@code {"$kind": {"version": 1, "node", "owner", "id", "lease"}}}, the lease as ISO-8601 in UTC. Without a version it
 * is the first; a newer one is refused.
 */
final class HandleJson {
    private static final String VERSION = "version";
    private static final int CURRENT = 1;

    private HandleJson() {}

    static JsonObject write(String key, String node, String owner, String id, Instant lease) {
        return new JsonObject()
                .put(
                        key,
                        new JsonObject()
                                .put(VERSION, CURRENT)
                                .put("node", node)
                                .put("owner", owner)
                                .put("id", id)
                                .put("lease", lease.toString()));
    }

    static JsonObject fields(String key, JsonObject json) {
        if (json.getValue(key) instanceof JsonObject fields) {
            requireKnown(key, fields);
            return fields;
        }
        throw invalid(key, "the object '" + key + "'");
    }

    private static void requireKnown(String key, JsonObject fields) {
        Object version = fields.getValue(VERSION, CURRENT);
        if (!(version instanceof Number number) || number.longValue() != CURRENT) {
            throw new CallException(
                    FailureKind.INVALID,
                    "A " + key.substring(1) + " handle of node '" + fields.getValue("node") + "' is of version "
                            + PluginException.excerpt(String.valueOf(version)) + ": expected " + CURRENT
                            + ". A newer DataPrism made it; install the same on all nodes.");
        }
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
