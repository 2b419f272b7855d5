package io.dataprism.app.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The plugins that a pipeline may name, each with its capabilities.
 *
 * @param plugins capabilities by plugin id
 */
public record Catalogue(Map<String, Set<String>> plugins) {
    public Catalogue {
        plugins = Map.copyOf(plugins);
    }

    /** These and one more. */
    public Catalogue and(String plugin, Set<String> capabilities) {
        Map<String, Set<String>> more = new LinkedHashMap<>(plugins);
        more.put(plugin, Set.copyOf(capabilities));
        return new Catalogue(more);
    }
}
