package io.dataprism.bench.row;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Measures rows: in each round each peer once, in an order that rotates from round to round. */
public final class Rounds {
    private final Effort effort;
    private final Consumer<String> progress;

    /** @param progress told in a line what is measured next */
    public Rounds(Effort effort, Consumer<String> progress) {
        this.effort = effort;
        this.progress = progress;
    }

    public Measured measure(Row row) throws Exception {
        Map<String, Map<Metric, double[]>> values = new LinkedHashMap<>();
        row.peers().forEach(peer -> values.put(peer.name(), new EnumMap<>(Metric.class)));
        List<Peer> peers = row.peers();
        for (int round = 0; round < effort.rounds(); round++) {
            for (int i = 0; i < peers.size(); i++) {
                Peer peer = peers.get((round + i) % peers.size());
                progress.accept(row.name() + ": round " + (round + 1) + " of " + effort.rounds() + ", " + peer.name());
                note(values.getOrDefault(peer.name(), Map.of()), round, row.measure(peer, effort));
            }
        }
        return Measured.of(row, values);
    }

    private void note(Map<Metric, double[]> values, int round, Map<Metric, Double> measured) {
        measured.forEach(
                (metric, value) -> values.computeIfAbsent(metric, none -> new double[effort.rounds()])[round] = value);
    }
}
