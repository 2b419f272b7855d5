package io.dataprism.kernel.desired;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * One plugin that should be there.
 *
 * @param id its id
 * @param source where its artifact comes from: a path, a URL or {@code maven:group:artifact:version}; empty means one that is
 *     installed already
 * @param sha256 the artifact's hash, where it must be a certain one
 * @param version the versions that are welcome, as an npm-style range; empty means any
 * @param config its configuration
 * @param grants the permissions it is given
 * @param enabled whether it should run, or merely be installed
 */
public record WantedPlugin(
        PluginId id,
        Optional<String> source,
        Optional<String> sha256,
        Optional<String> version,
        JsonObject config,
        List<String> grants,
        boolean enabled) {

    public WantedPlugin {
        config = config.copy();
        grants = List.copyOf(grants);
    }

    /** Any installed version of {@code id}, running, without configuration or grants. */
    public static WantedPlugin of(PluginId id) {
        return new WantedPlugin(
                id, Optional.empty(), Optional.empty(), Optional.empty(), new JsonObject(), List.of(), true);
    }

    /** As under {@code plugins.<id>} in {@code conf/kernel.yaml}; keys are the components' names. */
    public static WantedPlugin fromJson(PluginId id, JsonObject json) {
        return new WantedPlugin(
                id,
                Optional.ofNullable(json.getString("source")),
                Optional.ofNullable(json.getString("sha256")),
                Optional.ofNullable(json.getString("version")),
                json.getJsonObject("config", new JsonObject()),
                json.getJsonArray("grants", new JsonArray()).stream()
                        .map(WantedPlugin::permission)
                        .toList(),
                json.getBoolean("enabled", true));
    }

    private static String permission(Object entry) {
        if (entry instanceof String permission) {
            return permission;
        }
        throw new PluginException(
                "DP-0801",
                "An entry of 'grants' must be a permission such as 'event-publish:weather.*', but is '"
                        + PluginException.excerpt(String.valueOf(entry)) + "'.");
    }

    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        source.ifPresent(value -> json.put("source", value));
        sha256.ifPresent(value -> json.put("sha256", value));
        version.ifPresent(value -> json.put("version", value));
        return json.put("config", config.copy())
                .put("grants", new JsonArray(List.copyOf(grants)))
                .put("enabled", enabled);
    }
}
