package io.dataprism.kernel.resolve;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.manifest.PluginManifest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A choice of versions under way: what is chosen, and who depends on whom. Every change can be taken back to a {@link #mark()}. Holds to
 * three rules: one version a plugin, no cycles, and plugins that share classes have one isolation and see a package from one place only.
 */
final class Selection {
    private final Map<PluginId, PluginManifest> chosen = new TreeMap<>();
    private final Map<PluginId, Set<PluginId>> edges = new TreeMap<>();
    private final List<Runnable> undo = new ArrayList<>();

    int mark() {
        return undo.size();
    }

    void backTo(int mark) {
        while (undo.size() > mark) {
            undo.remove(undo.size() - 1).run();
        }
    }

    Optional<PluginManifest> chosen(PluginId id) {
        return Optional.ofNullable(chosen.get(id));
    }

    Collection<PluginManifest> all() {
        return chosen.values();
    }

    Set<PluginId> dependencies(PluginId id) {
        return edges.getOrDefault(id, Set.of());
    }

    void choose(PluginManifest manifest) {
        chosen.put(manifest.id(), manifest);
        undo.add(() -> chosen.remove(manifest.id()));
    }

    /** Let {@code from} depend on {@code to}; both are chosen. Says what stands against it, and changes nothing then. */
    Optional<Obstacle> connect(PluginManifest from, PluginManifest to) {
        if (dependencies(from.id()).contains(to.id())) {
            return Optional.empty();
        }
        Optional<Obstacle> obstacle = obstacle(from, to);
        if (obstacle.isEmpty()) {
            edges.computeIfAbsent(from.id(), id -> new LinkedHashSet<>()).add(to.id());
            undo.add(() -> edges.getOrDefault(from.id(), new HashSet<>()).remove(to.id()));
        }
        return obstacle;
    }

    private Optional<Obstacle> obstacle(PluginManifest from, PluginManifest to) {
        List<PluginId> way = way(to.id(), from.id());
        if (!way.isEmpty()) {
            return Optional.of(Obstacle.cycle(way));
        }
        if (!to.exports().isEmpty() && from.isolation() != to.isolation()) {
            return Optional.of(Obstacle.isolation(from, to));
        }
        for (PluginId other : dependencies(from.id())) {
            PluginManifest neighbour = chosen.get(other);
            if (neighbour != null) {
                Optional<String> both = to.exports().stream()
                        .filter(neighbour.exports()::contains)
                        .findFirst();
                if (both.isPresent()) {
                    return Optional.of(Obstacle.exports(from, neighbour, to, both.get()));
                }
            }
        }
        return Optional.empty();
    }

    /** The plugins on the shortest way along dependencies, both ends included; none when there is no way. */
    List<PluginId> way(PluginId from, PluginId to) {
        Map<PluginId, PluginId> cameFrom = new TreeMap<>();
        Deque<PluginId> next = new ArrayDeque<>(List.of(from));
        Set<PluginId> seen = new HashSet<>(next);
        while (!next.isEmpty()) {
            PluginId at = next.remove();
            if (at.equals(to)) {
                return trace(cameFrom, to);
            }
            for (PluginId dependency : dependencies(at)) {
                if (seen.add(dependency)) {
                    cameFrom.put(dependency, at);
                    next.add(dependency);
                }
            }
        }
        return List.of();
    }

    private static List<PluginId> trace(Map<PluginId, PluginId> cameFrom, PluginId to) {
        Deque<PluginId> way = new ArrayDeque<>(List.of(to));
        for (PluginId at = cameFrom.get(to); at != null; at = cameFrom.get(at)) {
            way.addFirst(at);
        }
        return List.copyOf(way);
    }
}
