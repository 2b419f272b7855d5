package io.dataprism.bench.program;

import io.dataprism.bench.row.Effort;
import io.dataprism.bench.row.Limit;
import io.dataprism.bench.row.Metric;
import io.dataprism.bench.row.Peer;
import io.dataprism.bench.row.Row;
import io.dataprism.bench.row.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The rows that programs measure. */
public final class ProgramRows {
    /** What is at most 1.3 times, or 1.5 times, as much as beside it has this lead at least. */
    private static final double WITHIN_1_3 = 1 / 1.3;

    private static final double WITHIN_1_5 = 1 / 1.5;

    private static final List<String> HEAP = List.of("-Xmx4g", "-XX:+UseG1GC");

    private ProgramRows() {}

    public static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        for (int held : new int[] {1, 1_000, 10_000}) {
            rows.add(life(held));
        }
        rows.add(many(1_000, List.of()));
        rows.add(many(
                10_000,
                List.of(
                        new Limit(Metric.WALL, 30_000),
                        new Limit(Metric.HEAP, 10),
                        new Limit(Metric.THREADS, 0),
                        new Limit(Metric.IDLE, 1))));
        for (Archive archive : Archive.offered()) {
            rows.add(start(archive));
        }
        rows.add(demoAgain());
        rows.add(disturbed());
        return rows;
    }

    private static Row life(int held) {
        return new ProgramRow(
                "life-" + held,
                String.format(Locale.ROOT, "a plugin's life, %,d held", held),
                Metric.UP,
                peers("kernel", "PF4J", "Felix"),
                held == 1_000 ? List.of(new Target("PF4J", 1)) : List.of(),
                List.of(new Limit(Metric.UP, 5)),
                (peer, effort) -> Child.measure(
                        HEAP, PluginLife.class, peer.lane(), String.valueOf(held), isQuick(effort) ? "50" : "200"));
    }

    private static Row many(int plugins, List<Limit> limits) {
        return new ProgramRow(
                "many-" + plugins,
                String.format(Locale.ROOT, "%,d plugins started, idle, and all reached by one of them", plugins),
                Metric.WALL,
                peers("kernel"),
                List.of(),
                limits,
                (peer, effort) -> Child.measure(HEAP, ManyPlugins.class, String.valueOf(plugins)));
    }

    private static boolean isQuick(Effort effort) {
        return effort.seconds() < Effort.FULL.seconds();
    }

    private static Row start(Archive archive) {
        List<Target> targets =
                archive == Archive.NONE ? List.of() : List.of(new Target("Vert.x", WITHIN_1_3), new Target("Felix", 1));
        StartMeasurement starts = new StartMeasurement(archive);
        return new ProgramRow(
                "start/" + archive.label(),
                "start of a JVM to its first plugin, " + archive.title(),
                Metric.WALL,
                peers("kernel", "Vert.x", "Felix", "PF4J"),
                targets,
                List.of(),
                starts::of);
    }

    private static Row demoAgain() {
        DemoAgain demo = new DemoAgain();
        return new ProgramRow(
                "demo-again",
                "./dataprism demo for the second time, from the command to its end",
                Metric.WALL,
                peers("kernel"),
                List.of(),
                List.of(new Limit(Metric.WALL, 10_000)),
                (peer, effort) -> demo.measure());
    }

    private static Row disturbed() {
        List<Peer> peers = Stream.of("kernel", "bus, workers", "bus, event loops")
                .flatMap(lane -> Stream.of(new Peer(lane, lane + "/hog"), new Peer(lane + ", quiet", lane + "/quiet")))
                .toList();
        return new ProgramRow(
                "beside-a-hog",
                "one message each millisecond beside a plugin that burns CPU",
                Metric.P99,
                peers,
                List.of(new Target("kernel, quiet", WITHIN_1_5)),
                List.of(),
                ProgramRows::disturbance);
    }

    private static Map<Metric, Double> disturbance(Peer peer, Effort effort) throws Exception {
        int slash = peer.lane().indexOf('/');
        return Child.measure(
                List.of(),
                BesideHog.class,
                peer.lane().substring(0, slash),
                peer.lane().substring(slash + 1),
                isQuick(effort) ? "2" : "10");
    }

    private static List<Peer> peers(String... names) {
        return Stream.of(names).map(Peer::of).toList();
    }
}
