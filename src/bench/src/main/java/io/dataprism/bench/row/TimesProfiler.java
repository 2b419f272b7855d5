package io.dataprism.bench.row;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/** Reports what the benchmark of this fork wrote into a histogram: the 50th and the 99th percentile of each iteration. */
public final class TimesProfiler implements InternalProfiler {
    static final String P50 = "times.p50";
    static final String P99 = "times.p99";
    private static volatile Optional<Histogram> source = Optional.empty();

    /** Where the benchmark writes its nanoseconds; nothing writes while an iteration begins or ends. */
    static void source(Optional<Histogram> histogram) {
        source = histogram;
    }

    @Override
    public String getDescription() {
        return "percentiles of what the benchmark timed itself";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        source.ifPresent(Histogram::reset);
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        return source.map(times -> List.of(percentile(P50, times, 50), percentile(P99, times, 99)))
                .orElse(List.of());
    }

    private static ScalarResult percentile(String label, Histogram times, double percentile) {
        return new ScalarResult(label, times.getValueAtPercentile(percentile), "ns", AggregationPolicy.AVG);
    }
}
