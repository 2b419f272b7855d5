package io.dataprism.kernel;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.context.MetricSample;
import io.dataprism.kernel.resource.Countable;
import io.dataprism.kernel.resource.Measured;
import io.dataprism.kernel.resource.PluginUse;
import io.dataprism.kernel.resource.Tally;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

/** What a plugin uses among its metrics, under names that no plugin can give its own. */
final class ResourceSamples {
    private static final double SECOND = 1_000.0;

    private ResourceSamples() {}

    static Stream<MetricSample> of(PluginUse use) {
        PluginId id = use.plugin();
        return Stream.concat(budgets(id, use), use.measured().stream().flatMap(found -> measured(id, found)));
    }

    private static Stream<MetricSample> measured(PluginId id, Measured found) {
        Stream<MetricSample> retained =
                found.retained().stream().mapToObj(bytes -> level(id, "kernel:retained_bytes", (double) bytes));
        return Stream.concat(
                retained,
                Stream.of(
                        level(id, "kernel:classes", found.classes()),
                        level(id, "kernel:class_bytes", (double) found.classBytes()),
                        level(id, "kernel:threads", found.threads())));
    }

    private static Stream<MetricSample> budgets(PluginId id, PluginUse use) {
        return Stream.of(
                level(id, "kernel:cpu_seconds", use.cpu().toMillis() / SECOND),
                level(id, "kernel:cpu_percent", use.cpuPercent()),
                level(id, "kernel:cpu_limit_percent", use.cpuLimit()),
                level(id, "kernel:throttled_seconds", use.held().toMillis() / SECOND),
                new MetricSample(id, "kernel:allocated_bytes", Map.of(), new MetricSample.Count(use.allocated())),
                level(id, "kernel:memory_bytes", (double) use.memory()),
                level(id, "kernel:memory_limit_bytes", (double) use.memoryLimit()));
    }

    /** What a plugin has of what is counted: {@code kernel:has} and {@code kernel:may_have}, each with the label {@code what}. */
    static Stream<MetricSample> of(PluginId id, Tally tally) {
        return Arrays.stream(Countable.values())
                .filter(what -> what != Countable.LINES)
                .filter(what -> tally.now(what) > 0)
                .flatMap(what -> Stream.of(
                        new MetricSample(id, "kernel:has", Map.of("what", what.key()), new MetricSample.Level((double)
                                tally.now(what))),
                        new MetricSample(
                                id, "kernel:may_have", Map.of("what", what.key()), new MetricSample.Level((double)
                                        tally.limit(what)))));
    }

    private static MetricSample level(PluginId id, String name, double value) {
        return new MetricSample(id, name, Map.of(), new MetricSample.Level(value));
    }
}
