package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.manifest.Sha256;
import io.dataprism.kernel.registry.PluginRecord;
import io.dataprism.sandbox.PluginClassLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The class loaders of the jars that manifests name under {@code nativeLibraries}: one for each plugin and content of its jars, made when it is
 * first needed and kept until the node ends. Native code often holds its Java classes for good; kept apart, it holds neither the plugin's own
 * classes, nor another copy of itself at each reload. Nothing is shared between two plugins. Safe to use from any thread; blocks.
 */
public final class NativeLoaders {
    private record Key(PluginId plugin, List<String> hashes) {}

    private final Map<Key, PluginClassLoader> kept = new HashMap<>();
    /** By the artifact's own hash, so that its libraries are read once. */
    private final Map<String, Key> known = new HashMap<>();

    private volatile List<String> names = List.of();

    /** The loader of {@code record}'s native libraries; empty where its manifest names none. */
    synchronized Optional<PluginClassLoader> of(PluginRecord record) throws IOException {
        List<Path> jars = record.nativeClassPath();
        if (jars.isEmpty()) {
            return Optional.empty();
        }
        Key key = known.get(record.artifact().sha256());
        if (key == null || !key.plugin.equals(record.id())) {
            key = new Key(record.id(), hashes(jars));
            known.put(record.artifact().sha256(), key);
        }
        PluginClassLoader loader = kept.get(key);
        if (loader == null) {
            loader = PluginClassLoader.builder(record.id() + " (native libraries)")
                    .classPath(jars)
                    .build();
            kept.put(key, loader);
            names = with(record.id(), jars);
        }
        return Optional.of(loader);
    }

    private List<String> with(PluginId plugin, List<Path> jars) {
        String files =
                jars.stream().map(jar -> String.valueOf(jar.getFileName())).collect(Collectors.joining(", "));
        return Stream.concat(names.stream(), Stream.of(plugin + ": " + files))
                .sorted()
                .toList();
    }

    private static List<String> hashes(List<Path> jars) throws IOException {
        List<String> hashes = new ArrayList<>();
        for (Path jar : jars) {
            hashes.add(Sha256.of(jar));
        }
        return List.copyOf(hashes);
    }

    /** What stays until the node ends, a line each: the plugin, then its jars. Does not block. */
    List<String> names() {
        return names;
    }

    /** Release the jars, when no plugin runs any more. Classes that were loaded stay as long as native code holds them. */
    public synchronized void close() throws IOException {
        for (PluginClassLoader loader : kept.values()) {
            loader.close();
        }
        kept.clear();
        known.clear();
        names = List.of();
    }
}
