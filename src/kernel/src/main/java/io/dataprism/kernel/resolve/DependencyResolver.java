package io.dataprism.kernel.resolve;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.manifest.PluginManifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Chooses a version for everything wanted and all it depends on. Pure: the same input gives the same answer, in the same order.
 *
 * <p>What is wanted is taken up one after the other. Each is added to what was chosen before; where that doesn't fit, all is chosen anew
 * together with it; where nothing fits, it is left out and the reason noted, and what was taken up before it stays.
 */
public final class DependencyResolver {
    private final Catalog catalog;
    private final List<Requirement> accepted = new ArrayList<>();
    private final Map<PluginId, Diagnosis.Cause> refused = new LinkedHashMap<>();
    private Selection selection = new Selection();

    private DependencyResolver(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Resolve.
     *
     * @param installed every version of every plugin at hand
     * @param wanted what shall run; what it depends on is pulled in from {@code installed}. Where two can't both run, the earlier one
     *     does.
     */
    public static Resolution resolve(Collection<PluginManifest> installed, Collection<Wanted> wanted) {
        Relations around = new Relations();
        installed.stream().collect(Collectors.groupingBy(PluginManifest::id)).forEach(around::put);
        return resolve(new Catalog(installed, around), wanted);
    }

    static Resolution resolve(Catalog catalog, Collection<Wanted> wanted) {
        DependencyResolver resolver = new DependencyResolver(catalog);
        wanted.forEach(one -> resolver.take(Requirement.of(one), one.id()));
        Search.connectOptional(resolver.selection);
        return new ResolvedPlugins(resolver.catalog, resolver.selection, resolver.accepted, resolver.refused);
    }

    private void take(Requirement requirement, PluginId id) {
        if (new Search(catalog, selection).meet(List.of(requirement)) || anew(requirement)) {
            accepted.add(requirement);
        } else {
            refused.putIfAbsent(id, new Diagnosis(catalog, selection).of(requirement));
        }
    }

    private boolean anew(Requirement requirement) {
        if (catalog.candidates(requirement).isEmpty()) {
            return false;
        }
        List<Requirement> all = new ArrayList<>(accepted);
        all.add(requirement);
        Selection fresh = new Selection();
        boolean met = new Search(catalog, fresh).meet(all);
        if (met) {
            selection = fresh;
        }
        return met;
    }
}
