package io.dataprism.kernel.resolve;

import io.dataprism.kernel.manifest.Dependency;
import io.dataprism.kernel.manifest.Dependency.OnPlugin;
import io.dataprism.kernel.manifest.PluginManifest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Looks for versions that meet a list of requirements and all that follow from them, on top of a selection: the first choice first,
 * taking the latest choice back where it leads nowhere. Requirements on a plugin go before those on a capability, so that a capability is
 * provided by what runs anyway where possible.
 */
final class Search {
    /** Choices taken back before it gives up: real sets need none or few, and the worst case is without end. */
    private static final int MOST_TAKEN_BACK = 20_000;

    private final Catalog catalog;
    private final Selection selection;
    private final List<Requirement> onPlugins = new ArrayList<>();
    private final List<Requirement> onCapabilities = new ArrayList<>();
    private final Deque<Choice> choices = new ArrayDeque<>();
    private int nextPlugin;
    private int nextCapability;
    private int takenBack;

    /** A requirement that may be met in several ways, and the state before it was. */
    private record Choice(
            Requirement requirement,
            Iterator<PluginManifest> left,
            int mark,
            int plugins,
            int capabilities,
            int nextPlugin,
            int nextCapability) {}

    Search(Catalog catalog, Selection selection) {
        this.catalog = catalog;
        this.selection = selection;
    }

    /** Whether they can be met; the selection holds the outcome then, and is as it was otherwise. */
    boolean meet(List<Requirement> requirements) {
        int before = selection.mark();
        requirements.forEach(this::add);
        while (true) {
            Optional<Requirement> next = next();
            if (next.isEmpty()) {
                return true;
            }
            if (!begin(next.get()) && !takeBack()) {
                selection.backTo(before);
                return false;
            }
        }
    }

    private void add(Requirement requirement) {
        (requirement.onCapability() ? onCapabilities : onPlugins).add(requirement);
    }

    private Optional<Requirement> next() {
        if (nextPlugin < onPlugins.size()) {
            return Optional.of(onPlugins.get(nextPlugin++));
        }
        return nextCapability < onCapabilities.size()
                ? Optional.of(onCapabilities.get(nextCapability++))
                : Optional.empty();
    }

    private boolean begin(Requirement requirement) {
        if (requirement.target() instanceof OnPlugin plugin) {
            Optional<PluginManifest> there = selection.chosen(plugin.id());
            if (there.isPresent()) {
                return requirement.isMetBy(there.get()) && connect(requirement, there.get());
            }
        }
        List<PluginManifest> ways = new ArrayList<>();
        List<PluginManifest> fresh = new ArrayList<>();
        for (PluginManifest candidate : catalog.candidates(requirement)) {
            Optional<PluginManifest> there = selection.chosen(candidate.id());
            if (there.isEmpty()) {
                fresh.add(candidate);
            } else if (there.get().key().equals(candidate.key())) {
                ways.add(candidate);
            }
        }
        ways.addAll(fresh);
        return tryNext(new Choice(
                requirement,
                ways.iterator(),
                selection.mark(),
                onPlugins.size(),
                onCapabilities.size(),
                nextPlugin,
                nextCapability));
    }

    private boolean tryNext(Choice choice) {
        while (choice.left().hasNext()) {
            PluginManifest candidate = choice.left().next();
            boolean fresh = selection.chosen(candidate.id()).isEmpty();
            if (fresh) {
                selection.choose(candidate);
            }
            if (connect(choice.requirement(), candidate)) {
                if (fresh) {
                    candidate.dependencies().stream()
                            .filter(dependency -> !dependency.optional())
                            .forEach(dependency -> add(Requirement.of(candidate, dependency)));
                }
                choices.push(choice);
                return true;
            }
            selection.backTo(choice.mark());
        }
        return false;
    }

    private boolean connect(Requirement requirement, PluginManifest target) {
        return requirement
                .by()
                .map(by -> selection.connect(by, target).isEmpty())
                .orElse(true);
    }

    private boolean takeBack() {
        while (!choices.isEmpty() && takenBack++ < MOST_TAKEN_BACK) {
            Choice choice = choices.pop();
            selection.backTo(choice.mark());
            onPlugins.subList(choice.plugins(), onPlugins.size()).clear();
            onCapabilities.subList(choice.capabilities(), onCapabilities.size()).clear();
            nextPlugin = choice.nextPlugin();
            nextCapability = choice.nextCapability();
            if (tryNext(choice)) {
                return true;
            }
        }
        return false;
    }

    /** Connect what is optional and there. What can't be connected is left out: the plugin works without. */
    static void connectOptional(Selection selection) {
        for (PluginManifest from : List.copyOf(selection.all())) {
            for (Dependency dependency : from.dependencies()) {
                if (dependency.optional()) {
                    Requirement requirement = Requirement.of(from, dependency);
                    selection.all().stream()
                            .filter(to -> !to.id().equals(from.id()) && requirement.isMetBy(to))
                            .forEach(to -> selection.connect(from, to));
                }
            }
        }
    }
}
