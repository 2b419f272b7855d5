package io.dataprism.kernel.desired;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The plugins that there should be. What is not in it and was put there by an earlier desired state is taken away; what the host
 * or the operator installed by hand stays.
 *
 * @param plugins each id once
 */
public record DesiredState(List<WantedPlugin> plugins) {
    /** No plugin is wanted. */
    public static final DesiredState NOTHING = new DesiredState(List.of());

    public DesiredState {
        plugins = List.copyOf(plugins);
        Map<PluginId, WantedPlugin> seen = new LinkedHashMap<>();
        for (WantedPlugin wanted : plugins) {
            if (seen.put(wanted.id(), wanted) != null) {
                throw new PluginException(
                        "DP-0802", "The desired state names plugin '" + wanted.id() + "' twice. Name it once.");
            }
        }
    }

    /** As under {@code plugins} in {@code conf/kernel.yaml}: an object from id to {@link WantedPlugin#fromJson}. */
    public static DesiredState fromJson(JsonObject plugins) {
        return new DesiredState(plugins.fieldNames().stream()
                .map(id -> WantedPlugin.fromJson(new PluginId(id), plugins.getJsonObject(id, new JsonObject())))
                .toList());
    }

    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        plugins.forEach(wanted -> json.put(wanted.id().value(), wanted.toJson()));
        return json;
    }

    public Optional<WantedPlugin> plugin(PluginId id) {
        return plugins.stream().filter(wanted -> wanted.id().equals(id)).findFirst();
    }
}
