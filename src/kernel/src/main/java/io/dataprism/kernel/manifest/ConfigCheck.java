package io.dataprism.kernel.manifest;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/** Holds a plugin's configuration against its manifest's schema. */
public final class ConfigCheck {
    private static final String CODE = "DP-0223";
    private static final String TOO_SLOW = "DP-0224";
    /** How long all patterns of a schema together may match; see {@link BoundedSchema} for its references. */
    private static final Duration MATCHING = Duration.ofSeconds(1);

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
        String what = "Plugin '" + manifest.id() + "' can't take its configuration: ";
        try {
            SchemaCheck check = SchemaCheck.of(manifest.configSchema().get(), new BoundedSchema(MATCHING));
            JsonObject filled = check.withDefaults(config);
            List<Problem> problems = check.violations(filled).stream()
                    .map(violation -> Problem.error(CODE, file, what + violation.message()))
                    .toList();
            return new Checked(filled, problems);
        } catch (BoundedSchema.TooSlow e) {
            return new Checked(config.copy(), List.of(Problem.error(TOO_SLOW, file, what + e.getMessage())));
        }
    }
}
