package io.dataprism.kernel.resolve;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.manifest.PluginKey;
import io.dataprism.kernel.manifest.PluginManifest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What fits together of all that is installed and wanted, resolved part by part: a part is plugins that could depend on each other, by whatever
 * ways. Each part's {@link Resolution} is kept until something in it changes, so that a change costs what its part costs, however much else is
 * installed. To be used by one thread at a time.
 */
public final class Resolutions {
    private static final int MOST_ALONE = 256;

    private final Demand demand;
    private final Relations relations = new Relations();
    private final Map<PluginId, Part> known = new HashMap<>();
    /** Those in which something can't run: what else is installed is named there as what may have been meant. */
    private final Set<Part> lacking = new HashSet<>();
    /** Those of one plugin alone that were resolved last: it takes microseconds to resolve one, and a kilobyte to keep it. */
    private final Deque<Part> alone = new ArrayDeque<>();

    public Resolutions(Demand demand) {
        this.demand = demand;
    }

    /** What is asked of the plugins of a part. */
    public interface Demand {

        /** What is wanted of {@code part}, first what goes first where two can't both run. */
        List<Wanted> wanted(Set<PluginId> part);

        /** The version that a plugin keeps to, whatever else is installed of it. */
        Optional<PluginKey> keepsTo(PluginId id);
    }

    /** Kept by identity. */
    private static final class Part {
        final Set<PluginId> members;
        final Resolution resolution;

        Part(Set<PluginId> members, Resolution resolution) {
            this.members = members;
            this.resolution = resolution;
        }
    }

    /** From now on {@code versions} are what is installed of a plugin; none where it is gone. */
    public void installed(PluginId id, List<PluginManifest> versions) {
        relations.part(id).forEach(this::changed);
        relations.put(id, versions);
        relations.part(id).forEach(this::changed);
        List.copyOf(lacking).forEach(this::forget);
    }

    /** What is wanted of a plugin has changed, or the version that it keeps to. */
    public void changed(PluginId id) {
        Part part = known.get(id);
        if (part != null) {
            forget(part);
        }
    }

    private void forget(Part part) {
        part.members.forEach(member -> known.remove(member, part));
        lacking.remove(part);
    }

    /** The resolution of the part that {@code id} belongs to. */
    public Resolution of(PluginId id) {
        Part part = known.get(id);
        if (part == null) {
            part = resolve(id);
            keep(part);
            if (!part.resolution.unresolved().isEmpty()) {
                lacking.add(part);
            }
        }
        return part.resolution;
    }

    private void keep(Part part) {
        for (PluginId member : part.members) {
            known.put(member, part);
        }
        if (part.members.size() == 1) {
            alone.add(part);
            if (alone.size() > MOST_ALONE) {
                forget(alone.remove());
            }
        }
    }

    private Part resolve(PluginId id) {
        Set<PluginId> part = relations.part(id);
        return new Part(part, DependencyResolver.resolve(catalog(part, demand::keepsTo), demand.wanted(part)));
    }

    /** What {@link #of} would answer if a plugin ran as {@code instead}, in whose way nothing that is wanted stands. */
    public Resolution with(PluginKey instead) {
        Set<PluginId> part = relations.part(instead.id());
        List<Wanted> wanted = new ArrayList<>(demand.wanted(part));
        wanted.removeIf(one -> one.id().equals(instead.id()));
        wanted.add(Wanted.any(instead.id()));
        return DependencyResolver.resolve(
                catalog(part, id -> id.equals(instead.id()) ? Optional.of(instead) : demand.keepsTo(id)), wanted);
    }

    private interface Kept {
        Optional<PluginKey> version(PluginId id);
    }

    private Catalog catalog(Set<PluginId> part, Kept kept) {
        List<PluginManifest> candidates = new ArrayList<>();
        for (PluginId id : part) {
            Optional<PluginKey> only = kept.version(id);
            relations.versions(id).stream()
                    .filter(manifest -> only.isEmpty() || only.get().equals(manifest.key()))
                    .forEach(candidates::add);
        }
        return new Catalog(candidates, relations);
    }
}
