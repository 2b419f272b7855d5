package io.dataprism.kernel;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.context.MetricSample;
import io.dataprism.kernel.messaging.Lag;
import java.util.Map;
import java.util.stream.Stream;

/** A plugin's lag among its metrics, under names that no plugin can give its own. */
final class LagSamples {
    private LagSamples() {}

    static Stream<MetricSample> of(Lag lag) {
        Stream<MetricSample> whole = Stream.of(
                level(lag, "kernel:waiting_messages", lag.waiting()),
                level(lag, "kernel:waiting_bytes", (double) lag.bytes()),
                level(lag, "kernel:held_messages", lag.held()),
                level(lag, "kernel:oldest_waiting_seconds", lag.oldest().toMillis() / 1_000.0));
        return Stream.concat(whole, lag.parts().stream().flatMap(part -> counts(lag, part)));
    }

    private static Stream<MetricSample> counts(Lag lag, Lag.Part part) {
        return Stream.of(
                count(lag, "kernel:refused_messages", part, part.refused()),
                count(lag, "kernel:dropped_messages", part, part.dropped()));
    }

    private static MetricSample level(Lag lag, String name, double value) {
        return new MetricSample(id(lag), name, Map.of(), new MetricSample.Level(value));
    }

    private static MetricSample count(Lag lag, String name, Lag.Part part, long total) {
        return new MetricSample(id(lag), name, Map.of("where", part.where()), new MetricSample.Count(total));
    }

    private static PluginId id(Lag lag) {
        return new PluginId(lag.who().name());
    }
}
