package io.dataprism.app.scaffold;

import io.dataprism.api.Category;
import io.dataprism.api.PluginId;
import io.dataprism.app.CommandFailure;
import io.dataprism.app.ExitCode;
import java.util.regex.Pattern;

/**
 * A plugin project that somebody wants.
 *
 * @param packageName the Java package of the plugin's class
 */
public record NewPlugin(PluginId id, Category category, String packageName) {
    private static final Pattern PACKAGE = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)+");

    public NewPlugin {
        if (!PACKAGE.matcher(packageName).matches()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "DP-0921",
                    "Package '" + packageName + "' is not valid: expected two or more lower-case words joined by dots,"
                            + " such as org.example.weather.");
        }
    }

    /** A plugin in the package {@code org.example.<id without hyphens>}. */
    public static NewPlugin of(PluginId id, Category category) {
        return new NewPlugin(id, category, "org.example." + id.value().replace("-", ""));
    }

    /** The plugin's class without its package: {@code weather-import} becomes {@code WeatherImportPlugin}. */
    String className() {
        StringBuilder name = new StringBuilder();
        for (String word : id.value().split("-", -1)) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
        }
        return name.append("Plugin").toString();
    }

    String packagePath() {
        return packageName.replace('.', '/');
    }

    /** The Maven group: the package without its last word. */
    String group() {
        return packageName.substring(0, packageName.lastIndexOf('.'));
    }
}
