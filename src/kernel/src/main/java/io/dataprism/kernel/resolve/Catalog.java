package io.dataprism.kernel.resolve;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.manifest.Dependency.OnCapability;
import io.dataprism.kernel.manifest.Dependency.OnPlugin;
import io.dataprism.kernel.manifest.Dependency.Target;
import io.dataprism.kernel.manifest.PluginManifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is installed, in the order in which it is preferred: by id, releases before pre-releases, newest first. */
final class Catalog {
    private final Map<PluginId, List<PluginManifest>> byId;
    private final Map<String, List<PluginManifest>> byCapability = new TreeMap<>();
    private final Relations around;

    /**
     * @param installed what there is to choose from
     * @param around all that is installed, which names are compared with that lead nowhere
     */
    Catalog(Collection<PluginManifest> installed, Relations around) {
        this.around = around;
        List<PluginManifest> all = installed.stream().sorted(Catalog::prefer).toList();
        byId = all.stream().collect(Collectors.groupingBy(PluginManifest::id, TreeMap::new, Collectors.toList()));
        for (PluginManifest manifest : all) {
            for (String capability : manifest.capabilities()) {
                byCapability
                        .computeIfAbsent(capability, name -> new ArrayList<>())
                        .add(manifest);
            }
        }
    }

    private static int prefer(PluginManifest one, PluginManifest other) {
        int ids = one.id().compareTo(other.id());
        int preReleases =
                Boolean.compare(one.version().isPreRelease(), other.version().isPreRelease());
        return ids != 0 ? ids : preReleases != 0 ? preReleases : other.version().compareTo(one.version());
    }

    /** What could be the target, in whatever version. */
    List<PluginManifest> all(Target target) {
        if (target instanceof OnPlugin plugin) {
            return versions(plugin.id());
        }
        return byCapability.getOrDefault(((OnCapability) target).capability(), List.of());
    }

    /** What meets a requirement. */
    List<PluginManifest> candidates(Requirement requirement) {
        return all(requirement.target()).stream()
                .filter(manifest -> requirement.range().includes(manifest.version()))
                .toList();
    }

    List<PluginManifest> versions(PluginId id) {
        return byId.getOrDefault(id, List.of());
    }

    Set<PluginId> ids() {
        return byId.keySet();
    }

    /** The names of all that is installed, also of what is not among the candidates. */
    Collection<String> knownIds() {
        return around.ids().stream().map(PluginId::value).toList();
    }

    /** All capabilities that something installed has. */
    Collection<String> knownCapabilities() {
        return around.capabilities();
    }
}
