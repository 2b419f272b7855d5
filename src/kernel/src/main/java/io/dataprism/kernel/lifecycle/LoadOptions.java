package io.dataprism.kernel.lifecycle;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * How one plugin is loaded.
 *
 * @param config its configuration; empty keeps the one it had before, or an empty one
 * @param version the versions that are welcome, as an npm-style range; empty takes the highest installed
 * @param grants permissions to grant before it is loaded, on behalf of the host
 */
public record LoadOptions(Optional<JsonObject> config, Optional<String> version, List<String> grants) {
    /** Nothing said. */
    public static final LoadOptions DEFAULT = new LoadOptions(Optional.empty(), Optional.empty(), List.of());

    public LoadOptions {
        config = config.map(JsonObject::copy);
        grants = List.copyOf(grants);
    }

    public static LoadOptions withConfig(JsonObject config) {
        return new LoadOptions(Optional.of(config), Optional.empty(), List.of());
    }

    public LoadOptions version(String range) {
        return new LoadOptions(config, Optional.of(range), grants);
    }

    public LoadOptions grants(String... permissions) {
        return new LoadOptions(config, version, List.of(permissions));
    }
}
