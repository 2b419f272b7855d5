package io.dataprism.kernel.resolve;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.manifest.PluginKey;
import io.dataprism.kernel.manifest.PluginManifest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The outcome of resolving. The selection does not change any more. */
final class ResolvedPlugins implements Resolution {
    private final Selection selection;
    private final Map<PluginId, Set<PluginId>> dependents = new HashMap<>();
    private final List<List<PluginKey>> levels;
    private final List<Unresolved> unresolved;
    private final Explainer explainer;

    ResolvedPlugins(
            Catalog catalog, Selection selection, List<Requirement> accepted, Map<PluginId, Diagnosis.Cause> refused) {
        this.selection = selection;
        this.levels = StartLevels.of(selection);
        this.unresolved = refused.entrySet().stream()
                .map(entry -> new Unresolved(
                        entry.getKey(),
                        entry.getValue().code(),
                        String.join(" ", entry.getValue().chain())))
                .toList();
        this.explainer = new Explainer(catalog, selection, List.copyOf(accepted), Map.copyOf(refused));
        for (PluginManifest manifest : selection.all()) {
            for (PluginId dependency : selection.dependencies(manifest.id())) {
                dependents.computeIfAbsent(dependency, id -> new TreeSet<>()).add(manifest.id());
            }
        }
    }

    @Override
    public List<List<PluginKey>> levels() {
        return levels;
    }

    @Override
    public List<Unresolved> unresolved() {
        return unresolved;
    }

    @Override
    public Optional<PluginKey> chosen(PluginId id) {
        return selection.chosen(id).map(PluginManifest::key);
    }

    @Override
    public Set<PluginId> dependenciesOf(PluginId id) {
        return Set.copyOf(selection.dependencies(id));
    }

    @Override
    public Set<PluginId> dependentsOf(PluginId id) {
        return Set.copyOf(dependents.getOrDefault(id, Set.of()));
    }

    @Override
    public Set<PluginId> groupOf(PluginId id) {
        Set<PluginId> group = new TreeSet<>();
        Deque<PluginId> next = new ArrayDeque<>(List.of(id));
        while (!next.isEmpty()) {
            PluginId at = next.remove();
            if (group.add(at)) {
                selection.dependencies(at).stream().filter(this::exports).forEach(next::add);
                if (exports(at)) {
                    next.addAll(dependents.getOrDefault(at, Set.of()));
                }
            }
        }
        return Set.copyOf(group);
    }

    private boolean exports(PluginId id) {
        return selection
                .chosen(id)
                .filter(manifest -> !manifest.exports().isEmpty())
                .isPresent();
    }

    @Override
    public Explanation why(PluginId id) {
        return explainer.why(id);
    }
}
