package io.dataprism.bench.program;

import io.dataprism.bench.row.Effort;
import io.dataprism.bench.row.Limit;
import io.dataprism.bench.row.Metric;
import io.dataprism.bench.row.Peer;
import io.dataprism.bench.row.Row;
import io.dataprism.bench.row.Target;
import java.util.List;
import java.util.Map;

/** A row whose peers are measured by a program. */
record ProgramRow(
        String name,
        String title,
        Metric metric,
        List<Peer> peers,
        List<Target> targets,
        List<Limit> limits,
        Measurement measurement)
        implements Row {

    /** How one peer is measured once. */
    interface Measurement {
        Map<Metric, Double> of(Peer peer, Effort effort) throws Exception;
    }

    @Override
    public Map<Metric, Double> measure(Peer peer, Effort effort) throws Exception {
        return measurement.of(peer, effort);
    }
}
