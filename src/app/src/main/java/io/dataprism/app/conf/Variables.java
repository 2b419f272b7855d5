package io.dataprism.app.conf;

import io.dataprism.app.input.Scalars;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Configuration from names and values: environment variables ({@code DATAPRISM_PLUGINS__WEATHER_IMPORT__ENABLED=false}: two underscores part the keys,
 * one is a hyphen) and system properties ({@code dataprism.plugins.weather-import.enabled=false}). A value is what YAML makes of it.
 */
final class Variables {
    private static final String VARIABLE = "DATAPRISM_";
    private static final String PROPERTY = "dataprism.";
    private static final List<String> SECTIONS = List.of("node", "plugins", "gateway", "cluster");

    /** Path and value by the name that was given. */
    private final Map<String, Variable> variables = new TreeMap<>();

    private record Variable(List<String> path, String value) {}

    static Variables ofEnvironment(Map<String, String> environment) {
        Variables variables = new Variables();
        environment.forEach((name, value) -> {
            if (name.startsWith(VARIABLE) && name.contains("__")) {
                String path = name.substring(VARIABLE.length()).toLowerCase(Locale.ROOT);
                variables.add(
                        name,
                        List.of(path.split("__", -1)).stream()
                                .map(key -> key.replace('_', '-'))
                                .toList(),
                        value);
            }
        });
        return variables;
    }

    static Variables ofProperties(Map<String, String> properties) {
        Variables variables = new Variables();
        properties.forEach((name, value) -> {
            if (name.startsWith(PROPERTY)) {
                List<String> path = List.of(name.substring(PROPERTY.length()).split("\\."));
                if (path.size() > 1 && SECTIONS.contains(path.get(0))) {
                    variables.add(name, path, value);
                }
            }
        });
        return variables;
    }

    private void add(String name, List<String> path, String value) {
        variables.put(name, new Variable(path, value));
    }

    /** Each as configuration of its own, by the name that was given, in the order of the names. */
    Map<String, JsonObject> documents() {
        Map<String, JsonObject> documents = new LinkedHashMap<>();
        variables.forEach((name, variable) -> documents.put(name, document(variable)));
        return documents;
    }

    private static JsonObject document(Variable variable) {
        int last = variable.path().size() - 1;
        JsonObject document = new JsonObject().put(variable.path().get(last), Scalars.of(variable.value()));
        for (int i = last - 1; i >= 0; i--) {
            document = new JsonObject().put(variable.path().get(i), document);
        }
        return document;
    }
}
