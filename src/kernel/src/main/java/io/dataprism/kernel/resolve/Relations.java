package io.dataprism.kernel.resolve;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.manifest.Dependency;
import io.dataprism.kernel.manifest.Dependency.OnCapability;
import io.dataprism.kernel.manifest.Dependency.OnPlugin;
import io.dataprism.kernel.manifest.PluginManifest;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is installed, and which of it could ever depend on which, in whatever version. A plugin's part is all that is joined to it by such ways, in
 * either direction: nothing outside can change what is chosen inside.
 */
final class Relations {
    private final Map<PluginId, List<PluginManifest>> installed = new HashMap<>();
    private final Map<PluginId, Set<PluginId>> usersOfPlugin = new HashMap<>();
    private final Map<String, Set<PluginId>> usersOfCapability = new HashMap<>();
    private final Map<String, Set<PluginId>> providers = new HashMap<>();

    /** From now on {@code versions} are what is installed of a plugin; none where it is gone. */
    void put(PluginId id, List<PluginManifest> versions) {
        List<PluginManifest> before = installed.remove(id);
        if (before != null) {
            before.forEach(this::unlink);
        }
        if (!versions.isEmpty()) {
            installed.put(id, List.copyOf(versions));
            versions.forEach(this::link);
        }
    }

    private void link(PluginManifest manifest) {
        for (Dependency dependency : manifest.dependencies()) {
            if (dependency.target() instanceof OnPlugin plugin) {
                add(usersOfPlugin, plugin.id(), manifest.id());
            } else if (dependency.target() instanceof OnCapability needed) {
                add(usersOfCapability, needed.capability(), manifest.id());
            }
        }
        manifest.capabilities().forEach(capability -> add(providers, capability, manifest.id()));
    }

    private void unlink(PluginManifest manifest) {
        for (Dependency dependency : manifest.dependencies()) {
            if (dependency.target() instanceof OnPlugin plugin) {
                remove(usersOfPlugin, plugin.id(), manifest.id());
            } else if (dependency.target() instanceof OnCapability needed) {
                remove(usersOfCapability, needed.capability(), manifest.id());
            }
        }
        manifest.capabilities().forEach(capability -> remove(providers, capability, manifest.id()));
    }

    private static <K> void add(Map<K, Set<PluginId>> map, K key, PluginId id) {
        map.computeIfAbsent(key, any -> new LinkedHashSet<>()).add(id);
    }

    private static <K> void remove(Map<K, Set<PluginId>> map, K key, PluginId id) {
        map.computeIfPresent(key, (any, ids) -> {
            ids.remove(id);
            return ids.isEmpty() ? null : ids;
        });
    }

    List<PluginManifest> versions(PluginId id) {
        return installed.getOrDefault(id, List.of());
    }

    Collection<PluginId> ids() {
        return installed.keySet();
    }

    Collection<String> capabilities() {
        return providers.keySet();
    }

    /** The plugin's part, itself included; of what is only asked for, and not installed, too. */
    Set<PluginId> part(PluginId id) {
        Set<PluginId> part = new HashSet<>(Set.of(id));
        Deque<PluginId> next = new ArrayDeque<>(part);
        while (!next.isEmpty()) {
            neighbours(next.remove()).filter(part::add).forEach(next::add);
        }
        return part;
    }

    private Stream<PluginId> neighbours(PluginId id) {
        return Stream.concat(
                usersOfPlugin.getOrDefault(id, Set.of()).stream(),
                versions(id).stream().flatMap(this::neighbours));
    }

    private Stream<PluginId> neighbours(PluginManifest manifest) {
        Stream<PluginId> needed = manifest.dependencies().stream()
                .flatMap(dependency -> dependency.target() instanceof OnPlugin plugin
                        ? Stream.of(plugin.id())
                        : providers.getOrDefault(((OnCapability) dependency.target()).capability(), Set.of()).stream());
        Stream<PluginId> users = manifest.capabilities().stream()
                .flatMap(capability -> usersOfCapability.getOrDefault(capability, Set.of()).stream());
        return Stream.concat(needed, users);
    }
}
