package io.dataprism.bench.row;

import io.dataprism.bench.stats.Median;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was measured of a row.
 *
 * @param medians each peer's metrics, over the rounds, as measured (not scaled)
 * @param ratios the kernel's lead over each other peer, formed round by round: over 1 is better, also where less is better
 */
public record Measured(
        String name,
        String title,
        Metric metric,
        Map<String, Map<Metric, Median>> medians,
        Map<String, Median> ratios,
        List<Verdict> verdicts) {

    /** @param values for each peer and metric the rounds' values */
    static Measured of(Row row, Map<String, Map<Metric, double[]>> values) {
        Map<String, Map<Metric, Median>> medians = new LinkedHashMap<>();
        values.forEach((peer, metrics) -> medians.put(peer, medians(metrics)));
        Map<String, Median> ratios = new LinkedHashMap<>();
        double[] kernel = rounds(values, row.peers().get(0).name(), row.metric());
        for (Peer peer : row.peers().subList(1, row.peers().size())) {
            ratios.put(peer.name(), Median.of(ratios(row.metric(), kernel, rounds(values, peer.name(), row.metric()))));
        }
        List<Verdict> verdicts = new ArrayList<>();
        for (Target target : row.targets()) {
            Optional.ofNullable(ratios.get(target.peer()))
                    .ifPresent(ratio -> verdicts.add(new Verdict.Lead(target, ratio)));
        }
        Map<Metric, Median> own = medians.getOrDefault(row.peers().get(0).name(), Map.of());
        for (Limit limit : row.limits()) {
            Optional.ofNullable(own.get(limit.metric()))
                    .ifPresent(found -> verdicts.add(new Verdict.Within(limit, found)));
        }
        return new Measured(row.name(), row.title(), row.metric(), medians, ratios, List.copyOf(verdicts));
    }

    private static double[] rounds(Map<String, Map<Metric, double[]>> values, String peer, Metric metric) {
        double[] found = values.getOrDefault(peer, Map.of()).get(metric);
        if (found == null) {
            throw new IllegalStateException("Peer '" + peer + "' gave no " + metric + ".");
        }
        return found;
    }

    private static Map<Metric, Median> medians(Map<Metric, double[]> metrics) {
        Map<Metric, Median> medians = new EnumMap<>(Metric.class);
        metrics.forEach((metric, rounds) -> medians.put(metric, Median.of(list(rounds))));
        return medians;
    }

    private static List<Double> ratios(Metric metric, double[] kernel, double[] peer) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < kernel.length; i++) {
            ratios.add(metric.moreIsBetter() ? kernel[i] / peer[i] : peer[i] / kernel[i]);
        }
        return ratios;
    }

    private static List<Double> list(double[] values) {
        List<Double> list = new ArrayList<>();
        for (double value : values) {
            list.add(value);
        }
        return list;
    }
}
