package io.dataprism.attacks.host;

import io.dataprism.sandbox.PluginClassLoader;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Makes the class loader that an attack's jar is loaded by. */
final class PluginLoaders {
    private PluginLoaders() {}

    static ClassLoader of(Column column, Path jar, AttackFacts attack, Map<String, Object> scene) throws IOException {
        return switch (column) {
            case NO_SANDBOX -> new URLClassLoader(new URL[] {jar.toUri().toURL()}, Host.class.getClassLoader());
            case NOTHING_GRANTED ->
                PluginClassLoader.builder("attack")
                        .classPath(List.of(jar))
                        .guard((permission, scope) -> false)
                        .build();
            case MEANS_GRANTED ->
                PluginClassLoader.builder("attack")
                        .classPath(List.of(jar))
                        .guard(Grants.means(attack, scene)::allow)
                        .build();
        };
    }

    /** Of another plugin, which has nothing to do with the attack. */
    static ClassLoader ofNeighbour(Path jar) throws IOException {
        return PluginClassLoader.builder("neighbour").classPath(List.of(jar)).build();
    }
}
