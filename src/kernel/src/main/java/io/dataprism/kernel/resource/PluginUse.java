package io.dataprism.kernel.resource;

import io.dataprism.api.PluginId;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * What one plugin uses, as it is at one moment, and what it may.
 *
 * @param cpu processor time in all, since it was loaded first
 * @param cpuPercent of one core, over the last interval of the monitor
 * @param cpuLimit percent of one core
 * @param held for how long it was held back in all, since it had used that up
 * @param allocated bytes that its code allocated in all, most of them long collected; 0 where the JVM does not tell
 * @param memory bytes on its account
 * @param memoryLimit bytes on its account at most
 */
public record PluginUse(
        PluginId plugin,
        Duration cpu,
        double cpuPercent,
        int cpuLimit,
        Duration held,
        long allocated,
        long memory,
        long memoryLimit) {
    private static final double TENTH = 10.0;

    static PluginUse of(Meter meter, long memory, long memoryLimit) {
        CpuBudget cpu = meter.cpu();
        return new PluginUse(
                meter.id(),
                Duration.ofNanos(cpu.used()),
                cpu.recent(System.nanoTime()),
                cpu.percent(),
                Duration.ofNanos(cpu.held()),
                meter.allocatedBytes(),
                memory,
                memoryLimit);
    }

    public JsonObject toJson() {
        return new JsonObject()
                .put("id", plugin.value())
                .put("cpuMillis", cpu.toMillis())
                .put("cpuPercent", Math.round(cpuPercent * TENTH) / TENTH)
                .put("cpuLimit", cpuLimit)
                .put("heldMillis", held.toMillis())
                .put("allocated", allocated)
                .put("memory", memory)
                .put("memoryLimit", memoryLimit);
    }
}
