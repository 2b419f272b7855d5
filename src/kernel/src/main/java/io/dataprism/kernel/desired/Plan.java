package io.dataprism.kernel.desired;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.resource.Allowance;
import io.dataprism.kernel.supervision.SupervisionTerms;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The steps from what is to what should be. Pure: the same input gives the same plan, and a plan carried out leaves an empty one.
 *
 * @param steps the steps, those of one plugin in order
 */
public record Plan(List<Step> steps) {

    public Plan {
        steps = List.copyOf(steps);
    }

    /**
     * Plan.
     *
     * @param desired what should be
     * @param applied what was carried out before, by plugin
     * @param actual the states of the plugins that are installed
     */
    public static Plan between(
            DesiredState desired, Map<PluginId, WantedPlugin> applied, Map<PluginId, PluginState> actual) {
        List<Step> steps = new ArrayList<>();
        applied.values().stream()
                .filter(before -> desired.plugin(before.id()).isEmpty())
                .sorted(Comparator.comparing(WantedPlugin::id))
                .forEach(before -> steps.addAll(withdraw(before, actual.containsKey(before.id()))));
        for (WantedPlugin wanted : desired.plugins()) {
            Optional<PluginState> state = Optional.ofNullable(actual.get(wanted.id()));
            // What was removed by hand is brought as if it had never been there.
            Optional<WantedPlugin> before = state.flatMap(there -> Optional.ofNullable(applied.get(wanted.id())));
            revokes(wanted, applied, steps);
            steps.addAll(bring(wanted, before, state));
        }
        return new Plan(steps);
    }

    private static List<Step> withdraw(WantedPlugin before, boolean installed) {
        List<Step> steps = new ArrayList<>();
        WantedPlugin.grantsFirst(before.grants())
                .forEach(permission -> steps.add(new Step.Revoke(before.id(), permission)));
        if (!before.limits().equals(Allowance.NONE)) {
            steps.add(new Step.Limit(before.id(), Allowance.NONE));
        }
        if (installed) {
            if (!before.supervision().equals(SupervisionTerms.NONE)) {
                steps.add(new Step.Supervise(before.id(), SupervisionTerms.NONE));
            }
            steps.add(before.source().isPresent() ? new Step.Remove(before.id()) : new Step.Stop(before.id()));
        }
        return steps;
    }

    private static List<Step> bring(WantedPlugin wanted, Optional<WantedPlugin> before, Optional<PluginState> state) {
        List<Step> steps = new ArrayList<>();
        PluginId id = wanted.id();
        boolean otherArtifact = before.isPresent()
                && !(before.get().source().equals(wanted.source())
                        && before.get().sha256().equals(wanted.sha256()));
        boolean fetch = wanted.source().isPresent() && (state.isEmpty() || before.isEmpty() || otherArtifact);
        if (fetch) {
            steps.add(new Step.Install(id, wanted.source().orElseThrow()));
        }
        grants(wanted, before, steps);
        SupervisionTerms had = before.map(WantedPlugin::supervision).orElse(SupervisionTerms.NONE);
        if (!had.equals(wanted.supervision())) {
            steps.add(new Step.Supervise(id, wanted.supervision()));
        }
        if (!before.map(WantedPlugin::limits).orElse(Allowance.NONE).equals(wanted.limits())) {
            steps.add(new Step.Limit(id, wanted.limits()));
        }
        if (!wanted.enabled()) {
            if (before.map(WantedPlugin::enabled).orElse(true)
                    && state.map(Plan::isUp).orElse(false)) {
                steps.add(new Step.Stop(id));
            }
        } else if (before.isEmpty()
                || !before.get().enabled()
                || !before.get().version().equals(wanted.version())) {
            steps.add(new Step.Enable(id, wanted));
        } else if (otherArtifact) {
            steps.add(new Step.Reload(id, wanted.config()));
        } else if (!before.get().config().equals(wanted.config())) {
            steps.add(new Step.Configure(id, wanted.config()));
        }
        return steps;
    }

    /** Before everything else, so that no failure of a plugin keeps what it may do no more; a plugin that is not there has grants as well. */
    private static void revokes(WantedPlugin wanted, Map<PluginId, WantedPlugin> applied, List<Step> steps) {
        WantedPlugin.grantsFirst(Optional.ofNullable(applied.get(wanted.id()))
                        .map(WantedPlugin::grants)
                        .orElse(List.of()))
                .stream()
                .filter(permission -> !wanted.grants().contains(permission))
                .forEach(permission -> steps.add(new Step.Revoke(wanted.id(), permission)));
    }

    private static void grants(WantedPlugin wanted, Optional<WantedPlugin> before, List<Step> steps) {
        List<String> had = before.map(WantedPlugin::grants).orElse(List.of());
        wanted.denialsFirst().stream()
                .filter(permission -> !had.contains(permission))
                .forEach(permission -> steps.add(new Step.Grant(wanted.id(), permission)));
    }

    private static boolean isUp(PluginState state) {
        return state != PluginState.INSTALLED && state != PluginState.STOPPED;
    }

    /** The steps of each plugin, in order. */
    Map<PluginId, List<Step>> byPlugin() {
        Map<PluginId, List<Step>> byPlugin = new LinkedHashMap<>();
        steps.forEach(step ->
                byPlugin.computeIfAbsent(step.id(), id -> new ArrayList<>()).add(step));
        return byPlugin;
    }

    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /** {@code steps}: each with its plugin and text. */
    public JsonObject toJson() {
        JsonArray array = new JsonArray();
        steps.forEach(
                step -> array.add(new JsonObject().put("id", step.id().value()).put("step", step.text())));
        return new JsonObject().put("steps", array);
    }
}
