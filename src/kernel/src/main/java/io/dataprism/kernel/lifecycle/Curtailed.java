package io.dataprism.kernel.lifecycle;

import io.dataprism.kernel.manifest.Limits;
import io.dataprism.kernel.resource.Allowance;
import io.dataprism.kernel.resource.Countable;
import io.dataprism.kernel.resource.Resources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a manifest asks for and the node does not give, each in one line. */
final class Curtailed {
    private static final List<Step> STEPS = Stream.of(Step.values())
            .filter(step -> step.limit().equals(step.label()))
            .toList();

    private Curtailed() {}

    /**
     * @param node what the node gives each plugin at most
     * @param allowance what the operator gives this one
     * @param maxStorage bytes that one plugin may store
     */
    static List<String> of(
            Limits asked, Resources node, Allowance allowance, long maxStorage, StepDeadlines deadlines) {
        List<String> lines = new ArrayList<>();
        long maxMemory = allowance.memory(asked.memory(), node.maxMemory());
        int maxCpu = allowance.cpu(asked.cpu(), node.maxCpu());
        String givesMemory = allowance.memory().isPresent() ? "the operator" : "node.max-memory-per-plugin";
        String givesCpu = allowance.cpu().isPresent() ? "the operator" : "node.max-cpu-per-plugin";
        asked.memory().stream()
                .filter(bytes -> bytes > maxMemory)
                .forEach(bytes -> lines.add("limits.memory is " + Quantity.bytes(bytes) + " but " + givesMemory
                        + " gives " + Quantity.bytes(maxMemory)));
        asked.storage().stream()
                .filter(bytes -> bytes > maxStorage)
                .forEach(bytes -> lines.add("limits.storage is " + Quantity.bytes(bytes)
                        + " but node.max-storage-per-plugin gives " + Quantity.bytes(maxStorage)));
        asked.cpu().stream()
                .filter(percent -> percent > maxCpu)
                .forEach(percent -> lines.add(
                        "limits.cpu is " + percent + " % of a core but " + givesCpu + " gives " + maxCpu + " %"));
        for (Countable what : Countable.values()) {
            int most = allowance.counts().of(what).orElse(node.counts().usual(what));
            asked.counts().of(what).stream()
                    .filter(many -> many > most)
                    .forEach(many -> lines.add("limits." + what.key() + " is " + many + " but "
                            + (allowance.counts().of(what).isPresent() ? "the operator" : "the node") + " gives "
                            + most));
        }
        StepLimits limits = new StepLimits(deadlines, asked.steps());
        for (Step step : STEPS) {
            Optional<Duration> wish = limits.ofManifest(step);
            Duration given = limits.of(step);
            if (wish.isPresent() && wish.get().compareTo(given) > 0) {
                lines.add("limits.steps." + step.limit() + " is " + Quantity.time(wish.get()) + " but node.steps."
                        + step.limit() + " gives " + Quantity.time(given));
            }
        }
        return List.copyOf(lines);
    }
}
