package io.dataprism.bench.row;

import io.dataprism.bench.lane.CheckLanes;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * A row that JMH measures, one fork a time.
 *
 * @param benchmark the benchmark's class
 * @param parameters its parameters besides {@code lane}
 * @param operations how many operations one invocation is
 */
record JmhRow(
        String name,
        String title,
        Metric metric,
        List<Peer> peers,
        List<Target> targets,
        List<Limit> limits,
        Class<?> benchmark,
        Map<String, String> parameters,
        int operations)
        implements Row {
    private static final String HEAP = "-Xmx2g";
    private static final double NANOS = 1e9;

    JmhRow {
        peers = List.copyOf(peers);
        targets = List.copyOf(targets);
        limits = List.copyOf(limits);
        parameters = Map.copyOf(parameters);
    }

    @Override
    public Map<Metric, Double> measure(Peer peer, Effort effort) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(benchmark.getName().replace(".", "\\.") + "\\..*")
                .param("lane", peer.lane())
                .operationsPerInvocation(operations)
                .forks(1)
                .warmupIterations(effort.warmUps())
                .measurementIterations(effort.iterations())
                .warmupTime(millis(effort))
                .measurementTime(millis(effort))
                .timeout(TimeValue.minutes(3))
                .jvmArgsAppend(options(peer))
                .addProfiler(CpuProfiler.class)
                .addProfiler(TimesProfiler.class)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        parameters.forEach(options::param);
        return values(metric, new Runner(options.build()).runSingle());
    }

    private static String[] options(Peer peer) {
        return Stream.concat(Stream.of(HEAP, "-XX:+UseG1GC"), CheckLanes.jvmOptions(peer.lane()).stream())
                .toArray(String[]::new);
    }

    private static TimeValue millis(Effort effort) {
        return TimeValue.milliseconds((long) (effort.seconds() * 1_000));
    }

    private static Map<Metric, Double> values(Metric first, RunResult run) {
        Map<Metric, Double> values = new EnumMap<>(Metric.class);
        double rate = run.getPrimaryResult().getScore();
        if (first == Metric.EACH) {
            values.put(Metric.EACH, NANOS / rate);
        } else {
            values.put(Metric.RATE, rate);
        }
        put(values, Metric.CPU, run, CpuProfiler.CPU);
        put(values, Metric.BYTES, run, "gc.alloc.rate.norm");
        put(values, Metric.P50, run, TimesProfiler.P50);
        put(values, Metric.P99, run, TimesProfiler.P99);
        return values;
    }

    /** Some profilers' labels begin with a dot that keeps them together in JMH's own reports. */
    private static void put(Map<Metric, Double> values, Metric metric, RunResult run, String label) {
        for (String key : run.getSecondaryResults().keySet()) {
            double score = run.getSecondaryResults().get(key).getScore();
            if ((key.equals(label) || key.equals("\u00b7" + label)) && !Double.isNaN(score)) {
                values.put(metric, score);
            }
        }
    }
}
