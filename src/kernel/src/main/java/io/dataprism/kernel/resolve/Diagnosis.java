package io.dataprism.kernel.resolve;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.manifest.Dependency.OnCapability;
import io.dataprism.kernel.manifest.Dependency.OnPlugin;
import io.dataprism.kernel.manifest.PluginKey;
import io.dataprism.kernel.manifest.PluginManifest;
import io.dataprism.kernel.manifest.VersionRange;
import io.dataprism.kernel.text.NearNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds out why a requirement can't be met, looking at the version that would be chosen first, and what it needs in turn. */
final class Diagnosis {
    private final Catalog catalog;
    private final Selection selection;
    /** Candidates in whose way nothing stands, themselves and all below: looked at once, however many ways lead there. */
    private final Set<PluginKey> clean = new HashSet<>();

    Diagnosis(Catalog catalog, Selection selection) {
        this.catalog = catalog;
        this.selection = selection;
    }

    /**
     * What stands in the way.
     *
     * @param chain a sentence a step, from what was asked for to the cause
     */
    record Cause(String code, List<String> chain) {}

    Cause of(Requirement requirement) {
        return hard(requirement, new LinkedHashSet<>())
                .or(() -> conflict(requirement, new LinkedHashSet<>()))
                .orElseGet(() -> new Cause(
                        "DP-0243",
                        List.of(capital(requirement.sentence())
                                + ", but no choice of versions suits it and everything else that runs. Install other versions, or"
                                + " widen the ranges in plugin.yaml.")));
    }

    /** What would stand in the way even if nothing else ran. */
    private Optional<Cause> hard(Requirement requirement, Set<PluginId> above) {
        List<PluginManifest> candidates = catalog.candidates(requirement);
        if (candidates.isEmpty()) {
            return Optional.of(missing(requirement));
        }
        PluginManifest first = candidates.get(0);
        if (above.contains(first.id())) {
            return requirement.by().map(by -> cycle(by, first, above));
        }
        if (clean.contains(first.key())) {
            return Optional.empty();
        }
        Set<PluginId> path = new LinkedHashSet<>(above);
        path.add(first.id());
        Optional<Cause> found = needs(first).stream()
                .flatMap(need -> against(first, need).or(() -> hard(need, path)).stream())
                .findFirst()
                .or(() -> samePackage(first));
        if (found.isEmpty()) {
            clean.add(first.key());
        }
        return found.map(cause -> below(requirement, first, cause));
    }

    /** Two plugins that can't be connected, whatever else runs. */
    private Optional<Cause> against(PluginManifest from, Requirement need) {
        List<PluginManifest> candidates = catalog.candidates(need);
        boolean all = !candidates.isEmpty()
                && candidates.stream().allMatch(to -> !to.exports().isEmpty() && to.isolation() != from.isolation());
        return all ? Optional.of(refused(from, Obstacle.isolation(from, candidates.get(0)))) : Optional.empty();
    }

    private Optional<Cause> samePackage(PluginManifest from) {
        Map<String, PluginManifest> seen = new HashMap<>();
        for (Requirement need : needs(from)) {
            PluginManifest to = catalog.candidates(need).get(0);
            for (String exported : to.exports()) {
                PluginManifest other = seen.putIfAbsent(exported, to);
                if (other != null && !other.id().equals(to.id())) {
                    return Optional.of(refused(from, Obstacle.exports(from, other, to, exported)));
                }
            }
        }
        return Optional.empty();
    }

    /** What stands in the way because of what runs already. */
    private Optional<Cause> conflict(Requirement requirement, Set<PluginId> seen) {
        if (requirement.target() instanceof OnPlugin plugin) {
            Optional<PluginManifest> there = selection.chosen(plugin.id());
            if (there.isPresent()) {
                return requirement.isMetBy(there.get())
                        ? Optional.empty()
                        : Optional.of(taken(requirement, there.get()));
            }
        }
        PluginManifest first = catalog.candidates(requirement).get(0);
        if (!seen.add(first.id())) {
            return Optional.empty();
        }
        return needs(first).stream()
                .flatMap(need -> conflict(need, seen).stream())
                .findFirst()
                .map(cause -> below(requirement, first, cause));
    }

    private static List<Requirement> needs(PluginManifest manifest) {
        return manifest.dependencies().stream()
                .filter(dependency -> !dependency.optional())
                .map(dependency -> Requirement.of(manifest, dependency))
                .toList();
    }

    private static Cause below(Requirement requirement, PluginManifest chosen, Cause cause) {
        List<String> chain = new ArrayList<>(cause.chain());
        if (requirement.by().isPresent()) {
            chain.add(0, requirement.sentence() + ", where " + Names.of(chosen) + " would do, but that can't run.");
        } else {
            chain.set(0, aboutItself(chosen, chain.get(0)));
        }
        return new Cause(cause.code(), chain);
    }

    /** {@code 'chat' 1.2.0 requires …} as {@code Plugin 'chat' 1.2.0 can't run: it requires …}. */
    private static String aboutItself(PluginManifest plugin, String sentence) {
        String subject = Names.of(plugin) + " ";
        return sentence.startsWith(subject)
                ? "Plugin " + subject + "can't run: it " + sentence.substring(subject.length())
                : sentence;
    }

    private Cause missing(Requirement requirement) {
        List<PluginManifest> others = catalog.all(requirement.target());
        String found = capital(requirement.sentence());
        if (!others.isEmpty()) {
            String what = requirement.target() instanceof OnPlugin plugin
                    ? Names.versions(others) + " is installed. Install another version of '" + plugin.id() + "'"
                    : "only "
                            + String.join(
                                    " and ", others.stream().map(Names::of).toList())
                            + " has it. Install another version";
            return new Cause("DP-0242", List.of(found + ", but " + what + widen(requirement) + "."));
        }
        if (requirement.target() instanceof OnCapability capability) {
            return new Cause(
                    "DP-0245",
                    List.of(found + ", but no installed plugin has it"
                            + near(capability.capability(), catalog.knownCapabilities()) + ". Install one that does."));
        }
        String id = ((OnPlugin) requirement.target()).id().value();
        Collection<String> ids = catalog.knownIds();
        return requirement.by().isPresent()
                ? new Cause("DP-0241", List.of(found + ", which is not installed" + near(id, ids) + ". Install it."))
                : new Cause("DP-0201", List.of("Plugin not found: " + id + near(id, ids) + ". Install it."));
    }

    private static String widen(Requirement requirement) {
        return requirement.by().isPresent() ? ", or widen the range in plugin.yaml" : ", or ask for another range";
    }

    private static String near(String name, Collection<String> known) {
        return NearNames.nearest(name, known)
                .map(near -> " (did you mean '" + near + "'?)")
                .orElse("");
    }

    private Cause taken(Requirement requirement, PluginManifest there) {
        String by = selection.all().stream()
                .filter(other -> selection.dependencies(other.id()).contains(there.id()))
                .flatMap(other -> needs(other).stream())
                .filter(need -> need.isMetBy(there) && !need.range().equals(VersionRange.ANY))
                .findFirst()
                .map(need -> ", as " + need.sentence())
                .orElse("");
        return new Cause(
                "DP-0243",
                List.of(
                        capital(requirement.sentence()) + ", but " + Names.of(there) + " was chosen" + by
                                + ". Only one version of a plugin runs at a time: make the ranges meet, or do without one of the two."));
    }

    private static Cause cycle(PluginManifest by, PluginManifest back, Set<PluginId> above) {
        List<PluginId> way = new ArrayList<>(above);
        way = new ArrayList<>(way.subList(way.indexOf(back.id()), way.size()));
        // From what the last one depends on, round to the last one
        return refused(by, Obstacle.cycle(way));
    }

    private static Cause refused(PluginManifest plugin, Obstacle obstacle) {
        return new Cause(obstacle.code(), List.of("Plugin " + Names.of(plugin) + " can't run: " + obstacle.text()));
    }

    private static String capital(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
