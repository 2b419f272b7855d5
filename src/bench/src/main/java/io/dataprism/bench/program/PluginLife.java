package io.dataprism.bench.program;

import io.dataprism.bench.row.Metric;
import io.dataprism.bench.stats.Median;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A plugin's life beside many that are held: medians of load and start, and of stop and unload, and what each held one costs. Arguments: the
 * host's name, how many are held, how many lives are measured.
 */
public final class PluginLife {
    private static final int WARM_UP = 300;

    private final PluginHost host;
    private final Path folder;
    private int made;

    private PluginLife(PluginHost host, Path folder) {
        this.host = host;
        this.folder = folder;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("dataprism-bench-life-");
        try (PluginHost host = PluginHost.named(arguments[0])) {
            int held = Integer.parseInt(arguments[1]);
            int lives = Integer.parseInt(arguments[2]);
            Program.print(new PluginLife(host, folder).measure(held, lives));
        } finally {
            Program.delete(folder);
        }
        System.exit(0);
    }

    private Map<Metric, Double> measure(int held, int lives) throws Exception {
        live(WARM_UP);
        Footprint before = Footprint.now();
        for (int i = 0; i < held; i++) {
            up(jar());
        }
        Footprint after = Footprint.now();
        Map<Metric, Double> values = live(lives);
        values.put(Metric.HEAP, (double) (after.heap() - before.heap()) / held);
        values.put(Metric.METASPACE, (double) (after.metaspace() - before.metaspace()) / held);
        return values;
    }

    private Map<Metric, Double> live(int lives) throws Exception {
        List<Double> ups = new ArrayList<>();
        List<Double> downs = new ArrayList<>();
        for (int i = 0; i < lives; i++) {
            Jar jar = jar();
            long began = System.nanoTime();
            Object plugin = up(jar);
            long running = System.nanoTime();
            host.down(plugin);
            downs.add((double) (System.nanoTime() - running));
            ups.add((double) (running - began));
        }
        Map<Metric, Double> values = new EnumMap<>(Metric.class);
        values.put(Metric.UP, Median.of(ups).value());
        values.put(Metric.DOWN, Median.of(downs).value());
        return values;
    }

    private Object up(Jar jar) throws Exception {
        return host.up(jar.id(), jar.path());
    }

    private Jar jar() throws Exception {
        String id = "p" + made++;
        return new Jar(id, host.jar(id, folder));
    }

    /** A plugin that nobody has seen yet. */
    private record Jar(String id, Path path) {}
}
