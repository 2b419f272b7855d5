package io.dataprism.sandbox.census;

import io.dataprism.sandbox.PluginClassLoader;
import java.util.List;

/**
 * Of whom the census asks.
 *
 * @param name tells it from the others
 * @param loader of its classes, whose static fields are its own
 * @param roots its instance, and what the node holds for it; each is walked into, whatever it is
 */
public record Subject(String name, PluginClassLoader loader, List<Object> roots) {
    public Subject {
        roots = List.copyOf(roots);
    }
}
