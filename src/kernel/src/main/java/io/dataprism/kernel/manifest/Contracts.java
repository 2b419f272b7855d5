package io.dataprism.kernel.manifest;

import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What goes in and out of a plugin, as JSON Schemas (2020-12).
 *
 * @param capabilities by capability
 * @param events the bodies of the events it publishes, by topic
 * @param channels the messages in channels that it makes, by channel
 * @param checked what is checked between plugins of one node; what comes over the bridge or from another node always is
 */
public record Contracts(
        Map<String, Contract> capabilities,
        Map<String, JsonObject> events,
        Map<String, JsonObject> channels,
        Set<Kind> checked) {
    /** Nothing promised. */
    public static final Contracts NONE = new Contracts(Map.of(), Map.of(), Map.of(), Set.of(Kind.CALLS));

    public Contracts {
        capabilities = Map.copyOf(capabilities);
        events = Map.copyOf(events);
        channels = Map.copyOf(channels);
        checked = Set.copyOf(checked);
    }

    /** Whether nothing is promised, whatever would be checked. */
    public boolean areNone() {
        return capabilities.isEmpty() && events.isEmpty() && channels.isEmpty();
    }

    /** The ways in which messages travel. */
    public enum Kind {
        CALLS,
        EVENTS,
        CHANNELS;

        /** As a manifest says it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What a capability takes and what it answers.
     *
     * @param response of one that streams: what comes before the first item
     * @param item of one that streams: each item
     */
    public record Contract(Optional<JsonObject> request, Optional<JsonObject> response, Optional<JsonObject> item) {
        /** Nothing promised. */
        public static final Contract NONE = new Contract(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
