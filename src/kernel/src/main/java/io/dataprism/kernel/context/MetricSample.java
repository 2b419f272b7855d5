package io.dataprism.kernel.context;

import io.dataprism.api.PluginId;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * One series of a plugin's metrics as it was at one moment.
 *
 * @param plugin whose
 * @param name as the plugin calls it
 * @param labels by name
 */
public record MetricSample(PluginId plugin, String name, Map<String, String> labels, Reading reading) {

    /** By plugin and name. */
    public static final Comparator<MetricSample> ORDER = Comparator.comparing(
                    (MetricSample sample) -> sample.plugin().value())
            .thenComparing(MetricSample::name)
            .thenComparing(sample -> sample.labels().toString());

    public MetricSample {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    /** What was read. */
    public sealed interface Reading {
        JsonObject toJson();
    }

    /** A counter. */
    public record Count(long total) implements Reading {
        @Override
        public JsonObject toJson() {
            return new JsonObject().put("kind", "counter").put("total", total);
        }
    }

    /** A gauge. */
    public record Level(double value) implements Reading {
        @Override
        public JsonObject toJson() {
            return new JsonObject().put("kind", "gauge").put("value", value);
        }
    }

    /** A timer. */
    public record Timing(long count, Duration total, Duration longest) implements Reading {
        @Override
        public JsonObject toJson() {
            return new JsonObject()
                    .put("kind", "timer")
                    .put("count", count)
                    .put("totalNanos", total.toNanos())
                    .put("longestNanos", longest.toNanos());
        }
    }

    public JsonObject toJson() {
        JsonObject named = new JsonObject();
        labels.forEach(named::put);
        return reading.toJson().put("plugin", plugin.value()).put("name", name).put("labels", named);
    }
}
