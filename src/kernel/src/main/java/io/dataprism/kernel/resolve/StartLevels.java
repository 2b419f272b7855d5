package io.dataprism.kernel.resolve;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.manifest.PluginKey;
import io.dataprism.kernel.manifest.PluginManifest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts each plugin one level after the last of those it depends on. */
final class StartLevels {
    private StartLevels() {}

    static List<List<PluginKey>> of(Selection selection) {
        Map<PluginId, Integer> open = new HashMap<>();
        Map<PluginId, List<PluginId>> dependents = new HashMap<>();
        Deque<PluginId> ready = new ArrayDeque<>();
        for (PluginManifest manifest : selection.all()) {
            PluginId id = manifest.id();
            int count = selection.dependencies(id).size();
            open.put(id, count);
            selection
                    .dependencies(id)
                    .forEach(dependency -> dependents
                            .computeIfAbsent(dependency, key -> new ArrayList<>())
                            .add(id));
            if (count == 0) {
                ready.add(id);
            }
        }
        Map<PluginId, Integer> level = new TreeMap<>();
        ready.forEach(id -> level.put(id, 0));
        while (!ready.isEmpty()) {
            PluginId id = ready.remove();
            for (PluginId dependent : dependents.getOrDefault(id, List.of())) {
                level.merge(dependent, level.getOrDefault(id, 0) + 1, Math::max);
                if (open.merge(dependent, -1, Integer::sum) == 0) {
                    ready.add(dependent);
                }
            }
        }
        return byLevel(selection, level);
    }

    private static List<List<PluginKey>> byLevel(Selection selection, Map<PluginId, Integer> level) {
        List<List<PluginKey>> levels = new ArrayList<>();
        level.forEach((id, at) -> {
            while (levels.size() <= at) {
                levels.add(new ArrayList<>());
            }
            selection.chosen(id).ifPresent(manifest -> levels.get(at).add(manifest.key()));
        });
        return levels.stream().map(List::copyOf).toList();
    }
}
