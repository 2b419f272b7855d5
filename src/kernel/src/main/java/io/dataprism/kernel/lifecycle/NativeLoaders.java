package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.registry.PluginRecord;
import io.dataprism.sandbox.PluginClassLoader;
import io.dataprism.sandbox.guard.CallGuard;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The class loaders of the jars that manifests name under {@code nativeLibraries}: one for each plugin and content of its jars, made when it is
 * first needed and kept until the node ends. Native code often holds its Java classes for good; kept apart, it holds neither the plugin's own
 * classes, nor another copy of itself at each reload. Nothing is shared between two plugins. Safe to use from any thread; blocks.
 */
public final class NativeLoaders {
    private static final Logger LOG = LoggerFactory.getLogger(NativeLoaders.class);

    private record Key(PluginId plugin, List<Content> jars) {}

    /**
     * What tells one version of a plugin's jar from another. A plugin that makes two look alike gets its own old classes; a checksum is enough, and
     * unlike a hash takes no time before the just-in-time compiler has run.
     */
    private record Content(long size, long checksum) {}

    private final Map<Key, PluginClassLoader> kept = new HashMap<>();
    /** By the artifact's own hash, so that its libraries are read once. */
    private final Map<String, Key> known = new HashMap<>();

    private volatile List<String> names = List.of();

    /**
     * The loader of {@code record}'s native libraries; empty where its manifest names none.
     *
     * @param guard of the plugin's calls, whichever version of it runs
     */
    synchronized Optional<PluginClassLoader> of(PluginRecord record, Optional<CallGuard> guard) throws IOException {
        List<Path> jars = record.nativeClassPath();
        if (jars.isEmpty()) {
            return Optional.empty();
        }
        Key key = known.get(record.artifact().sha256());
        if (key == null || !key.plugin.equals(record.id())) {
            key = new Key(record.id(), contents(jars));
            known.put(record.artifact().sha256(), key);
        }
        PluginClassLoader loader = kept.get(key);
        if (loader == null) {
            PluginClassLoader.Builder builder = PluginClassLoader.builder(record.id() + " (native libraries)")
                    .classPath(jars)
                    .withoutPolls();
            guard.ifPresent(builder::guard);
            String hash = record.artifact().sha256();
            record.guardedClasses().ifPresent(place -> builder.keptIn(place, hash + " (native libraries)", LOG::debug));
            loader = builder.build();
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

    private static List<Content> contents(List<Path> jars) throws IOException {
        List<Content> contents = new ArrayList<>();
        for (Path jar : jars) {
            CRC32 checksum = new CRC32();
            try (InputStream in = new CheckedInputStream(Files.newInputStream(jar), checksum)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            contents.add(new Content(Files.size(jar), checksum.getValue()));
        }
        return List.copyOf(contents);
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
