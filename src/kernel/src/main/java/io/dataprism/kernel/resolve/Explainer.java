package io.dataprism.kernel.resolve;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.manifest.Dependency;
import io.dataprism.kernel.manifest.Dependency.OnPlugin;
import io.dataprism.kernel.manifest.PluginManifest;
import io.dataprism.kernel.manifest.VersionRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Says why a plugin was chosen, or why not. */
final class Explainer {
    private final Catalog catalog;
    private final Selection selection;
    private final List<Requirement> accepted;
    private final Map<PluginId, Diagnosis.Cause> refused;

    Explainer(
            Catalog catalog, Selection selection, List<Requirement> accepted, Map<PluginId, Diagnosis.Cause> refused) {
        this.catalog = catalog;
        this.selection = selection;
        this.accepted = accepted;
        this.refused = refused;
    }

    Explanation why(PluginId id) {
        Diagnosis.Cause cause = refused.get(id);
        if (cause != null) {
            return new Explanation(id, false, cause.chain());
        }
        return selection.chosen(id).map(this::whyChosen).orElseGet(() -> new Explanation(id, false, whyNot(id)));
    }

    /** From the plugin up to what is wanted, the shortest chain. */
    private Explanation whyChosen(PluginManifest manifest) {
        List<String> steps = new ArrayList<>();
        List<PluginId> way = accepted.stream()
                .map(requirement -> selection.way(((OnPlugin) requirement.target()).id(), manifest.id()))
                .filter(found -> !found.isEmpty())
                .min((one, other) -> Integer.compare(one.size(), other.size()))
                .orElse(List.of(manifest.id()));
        for (int i = way.size() - 1; i > 0; i--) {
            steps.add(step(way.get(i - 1), way.get(i)));
        }
        PluginId root = way.get(0);
        accepted.stream()
                .filter(requirement -> ((OnPlugin) requirement.target()).id().equals(root))
                .findFirst()
                .ifPresent(requirement -> steps.add(
                        selection.chosen(root).map(Names::of).orElse(root.value()) + " runs: " + asked(requirement)));
        newer(manifest).ifPresent(note -> steps.set(0, steps.get(0) + " " + note));
        users(manifest, way).ifPresent(note -> steps.set(0, steps.get(0) + " " + note));
        return new Explanation(manifest.id(), true, steps);
    }

    private static String asked(Requirement wanted) {
        String range = wanted.range().equals(VersionRange.ANY) ? "" : ", in " + wanted.range();
        return "the configuration, the operator or the application asks for it" + range + ".";
    }

    /** Who runs and requires it, beside the one that {@code way} tells of. */
    private Optional<String> users(PluginManifest target, List<PluginId> way) {
        List<String> users = selection.all().stream()
                .filter(by -> !way.contains(by.id()))
                .filter(by -> by.dependencies().stream()
                        .anyMatch(dependency -> !dependency.optional()
                                && Requirement.of(by, dependency).isMetBy(target)))
                .map(Names::of)
                .sorted()
                .toList();
        return users.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join(", ", users) + (users.size() == 1 ? " requires" : " require") + " it, too.");
    }

    private String step(PluginId from, PluginId to) {
        PluginManifest by = selection.chosen(from).orElseThrow();
        PluginManifest target = selection.chosen(to).orElseThrow();
        String reason = by.dependencies().stream()
                .filter(dependency -> Requirement.of(by, dependency).isMetBy(target))
                .min((one, other) -> Boolean.compare(one.optional(), other.optional()))
                .map(dependency -> reason(by, dependency))
                .orElse("");
        return Names.of(target) + " runs: " + reason + ".";
    }

    private static String reason(PluginManifest by, Dependency dependency) {
        Requirement requirement = Requirement.of(by, dependency);
        return dependency.optional() ? Names.of(by) + " uses " + requirement.wish() : requirement.sentence();
    }

    /** Why not a newer version than the one that was chosen. */
    private Optional<String> newer(PluginManifest chosen) {
        Optional<PluginManifest> newest = catalog.versions(chosen.id()).stream().findFirst();
        if (newest.isEmpty() || newest.get().key().equals(chosen.key())) {
            return Optional.empty();
        }
        return requirements()
                .filter(requirement -> requirement.isMetBy(chosen) && !requirement.isMetBy(newest.get()))
                .filter(requirement -> !requirement.range().equals(VersionRange.ANY))
                .findFirst()
                .map(requirement -> Names.of(newest.get()) + " is installed too, but " + requirement.sentence() + ".");
    }

    private Stream<Requirement> requirements() {
        return Stream.concat(
                accepted.stream(),
                selection.all().stream()
                        .flatMap(by -> by.dependencies().stream()
                                .filter(dependency -> !dependency.optional())
                                .map(dependency -> Requirement.of(by, dependency))));
    }

    private List<String> whyNot(PluginId id) {
        List<PluginManifest> versions = catalog.versions(id);
        if (versions.isEmpty()) {
            return new Diagnosis(catalog, selection)
                    .of(Requirement.of(Wanted.any(id)))
                    .chain();
        }
        List<String> steps = new ArrayList<>();
        steps.add("Plugin '" + id + "' doesn't run: it is installed (" + Names.versions(versions)
                + "), but it is not wanted, and nothing that runs requires it.");
        askers(id).forEach(steps::add);
        return steps;
    }

    private boolean isFor(PluginId id, PluginManifest by, Dependency dependency) {
        return dependency.target() instanceof OnPlugin target
                ? target.id().equals(id)
                : catalog.versions(id).stream().anyMatch(Requirement.of(by, dependency)::isMetBy);
    }

    /** Who would ask for it, were they to run; and who runs and would use it. */
    private List<String> askers(PluginId id) {
        List<String> askers = new ArrayList<>();
        for (PluginId other : catalog.ids()) {
            PluginManifest by = selection
                    .chosen(other)
                    .orElseGet(() -> catalog.versions(other).get(0));
            boolean runs = selection.chosen(other).isPresent();
            for (Dependency dependency : by.dependencies()) {
                if (isFor(id, by, dependency)) {
                    askers.add(
                            dependency.optional()
                                    ? Names.of(by) + " would use it, but it is optional."
                                    : Names.of(by) + " requires it" + (runs ? "." : ", but doesn't run itself."));
                }
            }
        }
        return askers;
    }
}
