package io.dataprism.bench.row;

import java.util.List;
import java.util.Map;

/** One line of figures: the same work for several peers. The first peer is the kernel. */
public interface Row {

    /** As the command names it, such as {@code topic-10/small-json}. */
    String name();

    /** In a few words what is measured. */
    String title();

    /** What the first metric counts, such as {@code M/s}. */
    Metric metric();

    List<Peer> peers();

    /** What the kernel must reach here; may be empty. */
    List<Target> targets();

    /** What the kernel must stay within by itself. */
    default List<Limit> limits() {
        return List.of();
    }

    /** Measure one peer once, in a process of its own: metrics' values by name, {@link #metric} among them. */
    Map<Metric, Double> measure(Peer peer, Effort effort) throws Exception;
}
