package io.dataprism.app.pipeline;

import io.dataprism.api.PluginException;
import io.dataprism.app.input.Scalars;
import io.dataprism.kernel.manifest.Problem;
import io.dataprism.kernel.manifest.Problem.Severity;
import io.dataprism.kernel.manifest.YamlDocument;
import io.dataprism.kernel.text.NearNames;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Settings that the command line gives with {@code --set name=value}. */
final class Overrides {
    private Overrides() {}

    /** Put {@code overrides} into {@code settings}; each must be there already, and none may be empty afterwards. */
    static List<Problem> apply(YamlDocument document, JsonObject settings, Map<String, String> overrides) {
        List<Problem> problems = new ArrayList<>();
        overrides.forEach((name, value) -> {
            if (settings.containsKey(name)) {
                settings.put(name, Scalars.of(value));
            } else {
                problems.add(unknown(name, settings));
            }
        });
        for (String name : settings.fieldNames()) {
            if (settings.getValue(name) == null) {
                problems.add(document.problem(
                        Severity.ERROR,
                        "DP-1410",
                        "/settings",
                        name,
                        "Setting '" + name + "' has no value: expected one. Give it with --set " + name + "=<value>."));
            }
        }
        return problems;
    }

    private static Problem unknown(String name, JsonObject settings) {
        String known = settings.isEmpty() ? "it has none" : "it has " + String.join(", ", settings.fieldNames());
        String advice = NearNames.nearest(name, settings.fieldNames())
                .map(near -> " Did you mean '" + near + "'?")
                .orElse("");
        return new Problem(
                Severity.ERROR,
                "DP-1408",
                "--set " + name,
                0,
                0,
                "The pipeline has no setting '" + PluginException.excerpt(name) + "': " + known + "." + advice);
    }
}
