package io.dataprism.kernel.manifest;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/**
 * What goes in and out of a plugin, as JSON Schemas (2020-12).
 *
 * @param capabilities by capability
 * @param events the bodies of the events it publishes, by topic
 */
public record Contracts(Map<String, Contract> capabilities, Map<String, JsonObject> events) {
    /** Nothing promised. */
    public static final Contracts NONE = new Contracts(Map.of(), Map.of());

    public Contracts {
        capabilities = Map.copyOf(capabilities);
        events = Map.copyOf(events);
    }

    /** What a capability takes and what it answers. */
    public record Contract(Optional<JsonObject> request, Optional<JsonObject> response) {}
}
