package io.dataprism.kernel;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.resource.CountLimits;
import io.dataprism.kernel.resource.Countable;
import java.time.Duration;

/**
 * What plugins may use where their manifests say nothing. The defaults are those of the plugin architecture's page.
 *
 * @param maxMemoryPerPlugin bytes on one plugin's account at most
 * @param totalMemoryLimit bytes on all accounts together at most
 * @param maxCpuPerPlugin percent of one core that one plugin's slices and blocking work may use, over any time that is long against {@code monitorInterval}
 * @param maxTimersPerPlugin timers of one plugin that may wait at once
 * @param maxStoragePerPlugin bytes that one plugin may store, keys and values together
 * @param maxKeysPerPlugin keys under which it does
 * @param maxWrittenPerPlugin bytes by which one plugin may make the node's disks fuller with files and downloads
 * @param counts how many of what is counted each may have, where that is not the usual; of timers, {@code maxTimersPerPlugin} says it
 * @param monitorInterval over which a plugin is held to its share of the processor; also how often the kernel checks itself and its plugins, where {@link
 *     KernelOptions#checkEvery} says nothing else
 */
public record ResourceOptions(
        long maxMemoryPerPlugin,
        long totalMemoryLimit,
        int maxCpuPerPlugin,
        int maxTimersPerPlugin,
        long maxStoragePerPlugin,
        int maxKeysPerPlugin,
        long maxWrittenPerPlugin,
        CountLimits counts,
        Duration monitorInterval) {

    private static final int PERCENT = 100;

    /** 128 MB a plugin, 1 GB in all, 50 % of one core, 10,000 timers, 16 MB stored under 10,000 keys, 4 GB written, each second. */
    public static final ResourceOptions DEFAULT = new ResourceOptions(
            128L << 20, 1024L << 20, 50, 10_000, 16L << 20, 10_000, 4L << 30, Duration.ofSeconds(1));

    public ResourceOptions {
        require(maxMemoryPerPlugin > 0, "maxMemoryPerPlugin", maxMemoryPerPlugin);
        require(totalMemoryLimit > 0, "totalMemoryLimit", totalMemoryLimit);
        require(maxCpuPerPlugin > 0, "maxCpuPerPlugin", maxCpuPerPlugin);
        require(maxTimersPerPlugin > 0, "maxTimersPerPlugin", maxTimersPerPlugin);
        require(maxStoragePerPlugin > 0, "maxStoragePerPlugin", maxStoragePerPlugin);
        require(maxKeysPerPlugin > 0, "maxKeysPerPlugin", maxKeysPerPlugin);
        require(maxWrittenPerPlugin > 0, "maxWrittenPerPlugin", maxWrittenPerPlugin);
        require(!monitorInterval.isNegative() && !monitorInterval.isZero(), "monitorInterval", monitorInterval);
    }

    /** The usual of what is counted. */
    public ResourceOptions(
            long maxMemoryPerPlugin,
            long totalMemoryLimit,
            int maxCpuPerPlugin,
            int maxTimersPerPlugin,
            long maxStoragePerPlugin,
            int maxKeysPerPlugin,
            long maxWrittenPerPlugin,
            Duration monitorInterval) {
        this(
                maxMemoryPerPlugin,
                totalMemoryLimit,
                maxCpuPerPlugin,
                maxTimersPerPlugin,
                maxStoragePerPlugin,
                maxKeysPerPlugin,
                maxWrittenPerPlugin,
                CountLimits.NONE,
                monitorInterval);
    }

    public ResourceOptions withCounts(CountLimits limits) {
        return new ResourceOptions(
                maxMemoryPerPlugin,
                totalMemoryLimit,
                maxCpuPerPlugin,
                limits.of(Countable.TIMERS).orElse(maxTimersPerPlugin),
                maxStoragePerPlugin,
                maxKeysPerPlugin,
                maxWrittenPerPlugin,
                limits,
                monitorInterval);
    }

    public ResourceOptions withMaxMemoryPerPlugin(long bytes) {
        return new ResourceOptions(
                bytes,
                totalMemoryLimit,
                maxCpuPerPlugin,
                maxTimersPerPlugin,
                maxStoragePerPlugin,
                maxKeysPerPlugin,
                maxWrittenPerPlugin,
                counts,
                monitorInterval);
    }

    public ResourceOptions withMaxCpuPerPlugin(int percent) {
        return new ResourceOptions(
                maxMemoryPerPlugin,
                totalMemoryLimit,
                percent,
                maxTimersPerPlugin,
                maxStoragePerPlugin,
                maxKeysPerPlugin,
                maxWrittenPerPlugin,
                counts,
                monitorInterval);
    }

    /** Plugins may use whatever processors there are: for a program that runs the user's own work and nothing else, or tests. */
    public ResourceOptions withAllProcessors() {
        return withMaxCpuPerPlugin(PERCENT * Runtime.getRuntime().availableProcessors());
    }

    public ResourceOptions withMonitorInterval(Duration interval) {
        return new ResourceOptions(
                maxMemoryPerPlugin,
                totalMemoryLimit,
                maxCpuPerPlugin,
                maxTimersPerPlugin,
                maxStoragePerPlugin,
                maxKeysPerPlugin,
                maxWrittenPerPlugin,
                counts,
                interval);
    }

    private static void require(boolean holds, String option, Object found) {
        if (!holds) {
            throw new PluginException("DP-0801", "Option '" + option + "' must be positive, but is " + found + ".");
        }
    }
}
