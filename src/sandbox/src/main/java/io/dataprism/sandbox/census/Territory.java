package io.dataprism.sandbox.census;

import io.dataprism.api.Plugin;
import io.dataprism.sandbox.PluginClassLoader;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whose classes are, seen from one plugin. Asks no loader of a plugin's own making anything. Owned by one thread. */
final class Territory {
    private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();
    private static final @Nullable ClassLoader NODE = Plugin.class.getClassLoader();

    private final Set<PluginClassLoader> own = new HashSet<>();
    private final Set<PluginClassLoader> used = new HashSet<>();

    /** Whose a class is. */
    enum Whose {
        /** The plugin's. */
        OWN,
        /** Of a loader that the plugin made: whatever its class, it, or what it reads from, would be asked for what a look at its classes needs. */
        OWN_UNREADABLE,
        /** Of a plugin that it uses. */
        USED,
        JDK,
        NODE,
        /** Of another plugin, or of whoever is part of the program besides. */
        OTHERS
    }

    Territory(PluginClassLoader loader) {
        own.add(loader);
        loader.nativeCode().ifPresent(own::add);
        loader.imports().forEach(this::use);
    }

    private void use(PluginClassLoader exporter) {
        if (!own.contains(exporter) && used.add(exporter)) {
            exporter.imports().forEach(this::use);
        }
    }

    Set<PluginClassLoader> own() {
        return own;
    }

    /** The loaders of the plugins that it uses, directly or not. */
    Set<PluginClassLoader> used() {
        return used;
    }

    Whose of(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        if (loader == null || loader == PLATFORM) {
            return Whose.JDK;
        }
        if (loader instanceof PluginClassLoader plugins) {
            return own.contains(plugins) ? Whose.OWN : used.contains(plugins) ? Whose.USED : Whose.OTHERS;
        }
        if (loader == NODE) {
            return Whose.NODE;
        }
        if (!isMadeByPlugin(loader)) {
            return Whose.OTHERS;
        }
        return Whose.OWN_UNREADABLE;
    }

    /** Whether the plugin made {@code loader}, as far as its class and its parents tell. */
    boolean isMadeByPlugin(ClassLoader loader) {
        for (ClassLoader each = loader; each != null; each = parent(each)) {
            if (each instanceof PluginClassLoader plugins) {
                return own.contains(plugins);
            }
            if (isOwnCode(each)) {
                return true;
            }
        }
        return false;
    }

    private boolean isOwnCode(ClassLoader loader) {
        Whose code = of(loader.getClass());
        return code == Whose.OWN || code == Whose.OWN_UNREADABLE;
    }

    private static @Nullable ClassLoader parent(ClassLoader loader) {
        return (ClassLoader) RawMemory.read(loader, ClassLoaderFields.PARENT);
    }
}
