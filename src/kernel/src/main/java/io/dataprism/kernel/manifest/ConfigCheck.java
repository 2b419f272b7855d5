package io.dataprism.kernel.manifest;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** Holds a plugin's configuration against its manifest's schema. */
public final class ConfigCheck {
    private static final String CODE = "DP-0223";

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
     * Check {@code config} for the plugin that {@code manifest} describes. A plugin without a schema takes any configuration. Values whose
     * schema says {@code writeOnly} are not shown in problems.
     *
     * @param file the name to report problems under
     */
    public static Checked check(PluginManifest manifest, JsonObject config, String file) {
        if (manifest.configSchema().isEmpty()) {
            return new Checked(config.copy(), List.of());
        }
        SchemaCheck check = SchemaCheck.of(manifest.configSchema().get());
        JsonObject filled = check.withDefaults(config);
        List<Problem> problems = check.violations(filled).stream()
                .map(violation -> Problem.error(
                        CODE,
                        file,
                        "Plugin '" + manifest.id() + "' can't take its configuration: " + violation.message()))
                .toList();
        return new Checked(filled, problems);
    }
}
