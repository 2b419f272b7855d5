package io.dataprism.kernel.manifest;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** Holds a plugin's configuration against its manifest's schema. */
@SuppressWarnings("DoNotCallSuggester")
public final class ConfigCheck {

    /**
     * What became of a check.
     *
     * @param config a copy with the schema's defaults filled in
     * @param problems each names the place in the configuration by its path; empty when it is in order
     */
    public record Checked(JsonObject config, List<Problem> problems) {
        public Checked {
            problems = List.copyOf(problems);
        }
    }

    private ConfigCheck() {}

    /**
     * Check {@code config} for the plugin that {@code manifest} describes. A plugin without a schema takes any configuration.
     *
     * @param file the name to report problems under
     */
    public static Checked check(PluginManifest manifest, JsonObject config, String file) {
        throw new UnsupportedOperationException("config check");
    }
}
