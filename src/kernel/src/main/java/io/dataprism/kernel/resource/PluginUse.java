package io.dataprism.kernel.resource;

import io.dataprism.api.PluginId;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;

/**
 * What one plugin uses, as it is at one moment, and what it may.
 *
 * @param cpu processor time in all, since it was loaded first
 * @param cpuPercent of one core, over the last interval of the monitor
 * @param cpuLimit percent of one core
 * @param held for how long it was held back in all, since it had used that up
 * @param allocated bytes that its code allocated in all, most of them long collected; 0 where the JVM does not tell
 * @param memory bytes on its account
 * @param memoryLimit bytes on its account, and retained, at most
 * @param measured what it was last found to have of the heap, of classes and of threads; empty where it was not looked at yet
 */
public record PluginUse(
        PluginId plugin,
        Duration cpu,
        double cpuPercent,
        int cpuLimit,
        Duration held,
        long allocated,
        long memory,
        long memoryLimit,
        Optional<Measured> measured) {
    private static final double TENTH = 10.0;

    static PluginUse of(Meter meter, long memory, long memoryLimit, Optional<Measured> measured) {
        CpuBudget cpu = meter.cpu();
        return new PluginUse(
                meter.id(),
                Duration.ofNanos(cpu.used()),
                cpu.recent(System.nanoTime()),
                cpu.percent(),
                Duration.ofNanos(cpu.held()),
                meter.allocatedBytes(),
                memory,
                memoryLimit,
                measured);
    }

    public JsonObject toJson() {
        JsonObject use = new JsonObject()
                .put("id", plugin.value())
                .put("cpuMillis", cpu.toMillis())
                .put("cpuPercent", Math.round(cpuPercent * TENTH) / TENTH)
                .put("cpuLimit", cpuLimit)
                .put("heldMillis", held.toMillis())
                .put("allocated", allocated)
                .put("memory", memory)
                .put("memoryLimit", memoryLimit);
        return measured.map(found -> found.addTo(use)).orElse(use);
    }
}
