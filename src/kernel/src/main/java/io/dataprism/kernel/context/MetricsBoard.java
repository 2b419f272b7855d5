package io.dataprism.kernel.context;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The metrics of all running plugins of a node. Safe to use from any thread. */
public final class MetricsBoard {
    private final Set<PluginMetrics> plugins = ConcurrentHashMap.newKeySet();

    /** Every series as it is now, by plugin and name. */
    public List<MetricSample> samples() {
        return plugins.stream()
                .flatMap(PluginMetrics::samples)
                .sorted(MetricSample.ORDER)
                .toList();
    }

    void add(PluginMetrics metrics) {
        plugins.add(metrics);
    }

    void remove(PluginMetrics metrics) {
        plugins.remove(metrics);
    }
}
