package io.dataprism.kernel;

import io.dataprism.api.PluginException;
import java.time.Duration;

/**
 * What plugins may use where their manifests say nothing. The defaults are those of the plugin architecture's page.
 *
 * @param maxMemoryPerPlugin bytes on one plugin's account at most
 * @param totalMemoryLimit bytes on all accounts together at most
 * @param maxCpuPerPlugin percent of one core; measured by nobody yet, and not enforced
 * @param maxTimersPerPlugin timers of one plugin that may wait at once
 * @param maxStoragePerPlugin bytes that one plugin may store, keys and values together
 * @param maxKeysPerPlugin keys under which it does
 * @param maxWrittenPerPlugin bytes by which one plugin may make the node's disks fuller with files and downloads
 * @param monitorInterval how often the kernel checks itself and its plugins, where {@link KernelOptions#checkEvery} says nothing else
 */
public record ResourceOptions(
        long maxMemoryPerPlugin,
        long totalMemoryLimit,
        int maxCpuPerPlugin,
        int maxTimersPerPlugin,
        long maxStoragePerPlugin,
        int maxKeysPerPlugin,
        long maxWrittenPerPlugin,
        Duration monitorInterval) {

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

    private static void require(boolean holds, String option, Object found) {
        if (!holds) {
            throw new PluginException("DP-0801", "Option '" + option + "' must be positive, but is " + found + ".");
        }
    }
}
