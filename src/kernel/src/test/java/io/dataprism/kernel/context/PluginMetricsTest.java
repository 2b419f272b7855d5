package io.dataprism.kernel.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Metrics;
import io.dataprism.api.PluginException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class PluginMetricsTest {
    @TempDir
    Path folder;

    private ContextFixture node;
    private Metrics metrics;

    @BeforeEach
    void open() throws Exception {
        node = new ContextFixture(folder);
        metrics = node.context.metrics();
    }

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    private static void assertRefused(String code, Executable asking) {
        assertEquals(code, assertThrows(PluginException.class, asking).code());
    }

    @Test
    @DisplayName(
            "Optimization: Profile and optimize critical paths: counts, readings and times are seen under the name of their plugin")
    void countsReadingsAndTimesAreSeenUnderThePluginsName() {
        metrics.counter("rows.read", Map.of("table", "cars")).add(3);
        metrics.counter("rows.read", Map.of("table", "cars")).add(4);
        metrics.counter("rows.read", Map.of("table", "cars")).add(-9);
        metrics.gauge("queue").set(2.5);
        metrics.gauge("queue").set(Double.NaN);
        metrics.timer("query").record(Duration.ofMillis(3));
        metrics.timer("query").record(Duration.ofMillis(5));
        metrics.timer("query").record(Duration.ofSeconds(-1));
        List<MetricSample> seen = node.metrics.samples();
        assertEquals(
                List.of("query", "queue", "rows.read"),
                seen.stream().map(MetricSample::name).toList());
        assertEquals(
                new MetricSample.Timing(3, Duration.ofMillis(8), Duration.ofMillis(5)),
                seen.get(0).reading());
        assertEquals(new MetricSample.Level(2.5), seen.get(1).reading());
        assertEquals(
                new JsonObject()
                        .put("kind", "counter")
                        .put("total", 7L)
                        .put("plugin", "p")
                        .put("name", "rows.read")
                        .put("labels", new JsonObject().put("table", "cars")),
                seen.get(2).toJson());
    }

    @Test
    void theSameNameAndLabelsAreTheSameSeries() {
        assertSame(metrics.counter("a", Map.of("x", "1", "y", "2")), metrics.counter("a", Map.of("y", "2", "x", "1")));
        assertEquals(1, node.metrics.samples().size());
    }

    @Test
    void seriesAreBoundedAndCharged() {
        IntStream.range(0, 150)
                .forEach(i ->
                        metrics.counter("n", Map.of("i", Integer.toString(i))).add(1));
        assertTrue(node.runtime.memory().used() >= 150 * 256);
        assertRefused(
                "DP-0601",
                () -> IntStream.range(150, 500).forEach(i -> metrics.counter("n", Map.of("i", Integer.toString(i)))));
        node.accounts.open(node.id, 1 << 20);
        assertRefused(
                "DP-0608",
                () -> IntStream.range(0, 501).forEach(i -> metrics.counter("n", Map.of("i", Integer.toString(i)))));
        assertEquals(500, node.metrics.samples().size());
        metrics.counter("n", Map.of("i", "7")).add(1);
    }

    @Test
    void namesLabelsAndKindsAreChecked() {
        for (String name : List.of("", "Rows", "a..b", "a b", "a.", "x".repeat(101), "a\nb")) {
            assertRefused("DP-0606", () -> metrics.counter(name));
        }
        assertRefused("DP-0606", () -> metrics.counter("a", Map.of("a.b", "1")));
        assertRefused(
                "DP-0606",
                () -> metrics.counter(
                        "a", Map.of("a", "", "b", "", "c", "", "d", "", "e", "", "f", "", "g", "", "h", "", "i", "")));
        metrics.counter("a");
        assertRefused("DP-0607", () -> metrics.timer("a"));
        metrics.counter("line", Map.of("text", "two\nlines")).add(1);
        assertEquals("two\uFFFDlines", node.metrics.samples().get(1).labels().get("text"));
    }

    @Test
    void whatIsRecordedAfterTheEndIsNowhere() {
        Metrics.Counter kept = metrics.counter("a");
        node.context.close();
        kept.add(1);
        metrics.counter("b").add(1);
        assertTrue(node.metrics.samples().isEmpty());
        assertEquals(0, node.runtime.memory().used());
    }

    @Test
    void aLabelIsReadOnce() {
        AtomicInteger reads = new AtomicInteger();
        Map.Entry<String, String> label = new AbstractMap.SimpleEntry<>("table", "cars") {
            @Override
            public String getKey() {
                return reads.getAndIncrement() == 0 ? "table" : "no label at all";
            }
        };
        metrics.counter("rows", new AbstractMap<>() {
                    @Override
                    public Set<Map.Entry<String, String>> entrySet() {
                        return Set.of(label);
                    }
                })
                .add(1);
        assertEquals(Map.of("table", "cars"), node.metrics.samples().get(0).labels());
    }
}
