package io.dataprism.bench.row;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All rows, in the order of the report. */
public final class Rows {
    private static final String KERNEL = "kernel";
    private static final String LOOPS = "bus, event loops";
    private static final String WORKERS = "bus, workers";

    private Rows() {}

    public static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        rows.add(topic(1, Payload.SMALL_JSON, peers(KERNEL, LOOPS, WORKERS), List.of(new Target(LOOPS, 2))));
        return List.copyOf(rows);
    }

    /** The rows whose names hold one of {@code words}; all where there are no words. */
    public static List<Row> named(List<String> words) {
        return all().stream()
                .filter(row -> words.isEmpty()
                        || words.stream().anyMatch(word -> row.name().contains(word.toLowerCase(Locale.ROOT))))
                .toList();
    }

    private static Row topic(int receivers, Payload payload, List<Peer> peers, List<Target> targets) {
        int messages = Math.max(64, payload.messages() / receivers);
        return new JmhRow(
                "topic-" + receivers + "/" + payload.label(),
                payload.title() + " to " + receivers + (receivers == 1 ? "" : ", deliveries"),
                Metric.RATE,
                peers,
                targets,
                Deliveries.class,
                Map.of(
                        "receivers",
                        String.valueOf(receivers),
                        "payload",
                        payload.name(),
                        "messages",
                        String.valueOf(messages)),
                messages * receivers);
    }

    private static List<Peer> peers(String... names) {
        return List.of(names).stream().map(Peer::of).toList();
    }
}
