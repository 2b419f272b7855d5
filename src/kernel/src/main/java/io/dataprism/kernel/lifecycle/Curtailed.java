package io.dataprism.kernel.lifecycle;

import io.dataprism.kernel.manifest.Limits;
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
     * @param maxMemory bytes that the node gives one plugin at most
     * @param maxStorage bytes that one plugin may store
     */
    static List<String> of(Limits asked, long maxMemory, long maxStorage, StepDeadlines node) {
        List<String> lines = new ArrayList<>();
        asked.memory().stream()
                .filter(bytes -> bytes > maxMemory)
                .forEach(bytes -> lines.add("limits.memory is " + Quantity.bytes(bytes)
                        + " but node.max-memory-per-plugin gives " + Quantity.bytes(maxMemory)));
        asked.storage().stream()
                .filter(bytes -> bytes > maxStorage)
                .forEach(bytes -> lines.add("limits.storage is " + Quantity.bytes(bytes)
                        + " but node.max-storage-per-plugin gives " + Quantity.bytes(maxStorage)));
        asked.cpu()
                .ifPresent(percent -> lines.add(
                        "limits.cpu is " + percent + " % but this version does not hold plugins to a share of a core"));
        StepLimits limits = new StepLimits(node, asked.steps());
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
