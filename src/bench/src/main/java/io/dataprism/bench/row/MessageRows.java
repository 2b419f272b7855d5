package io.dataprism.bench.row;

import static io.dataprism.bench.row.Payload.BUFFER_1M;
import static io.dataprism.bench.row.Payload.BUFFER_64;
import static io.dataprism.bench.row.Payload.FROZEN_64K;
import static io.dataprism.bench.row.Payload.JSON_64K;
import static io.dataprism.bench.row.Payload.RECORD;
import static io.dataprism.bench.row.Payload.SMALL_JSON;

import io.dataprism.bench.lane.Lanes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Messages and calls, each beside whoever has the like. The first peer is the kernel, under the name {@code kernel}. */
public final class MessageRows {
    private static final String LOOPS = "bus, event loops";
    private static final String WORKERS = "bus, workers";
    private static final String PEKKO = "Pekko typed";
    private static final String MBASSADOR = "MBassador";
    private static final String NO_SANDBOX = "kernel without a sandbox";
    private static final double ALMOST = 0.9;
    private static final String[] BUSES = {LOOPS, WORKERS, "Felix EventAdmin", "Guava EventBus", MBASSADOR, PEKKO};
    /** With the limit, which is one between two threads. */
    private static final String[] ALL = {
        LOOPS, WORKERS, "Felix EventAdmin", "Guava EventBus", MBASSADOR, PEKKO, "bare hand-off"
    };

    private MessageRows() {}

    public static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        rows.add(topic(1, SMALL_JSON, ALL, beside(LOOPS, 2)));
        rows.add(topic(1, RECORD, ALL, beside(LOOPS, 2.5)));
        rows.add(topic(10, SMALL_JSON, BUSES, beside(MBASSADOR, 1), beside(PEKKO, 1), beside(LOOPS, 4)));
        rows.add(topic(100, SMALL_JSON, BUSES, beside(MBASSADOR, 1), beside(PEKKO, 1), beside(LOOPS, 4)));
        rows.add(topic(1, JSON_64K, ALL));
        rows.add(topic(10, JSON_64K, BUSES));
        rows.add(topic(1, FROZEN_64K, ALL, beside(LOOPS, 10)));
        rows.add(topic(1, BUFFER_64, ALL, beside(LOOPS, 3)));
        rows.add(topic(1, BUFFER_1M, ALL, beside(LOOPS, 10)));
        rows.add(topic(10, BUFFER_1M, BUSES));
        rows.add(patterns(1));
        rows.add(patterns(10));
        rows.add(audited());
        rows.add(checked());
        rows.add(deliveries("channel-send", "channel send", "kernel channel", 1, SMALL_JSON, LOOPS));
        rows.add(deliveries("channel-broadcast", "channel broadcast to 10", "kernel broadcast", 10, SMALL_JSON, LOOPS));
        rows.add(deliveries("plugin-to-bus", "plugin to raw consumer", "plugin to bus", 1, SMALL_JSON, LOOPS));
        rows.add(deliveries("bus-to-plugin", "raw bus to plugin", "bus to plugin", 1, SMALL_JSON, LOOPS));
        rows.add(calls("call-1", "call, 1 in flight", "kernel", Metric.P50, 1, beside(WORKERS, 1)));
        rows.add(
                calls("call-64", "call, 64 in flight", "kernel", Metric.RATE, 64, beside(LOOPS, 10), beside(PEKKO, 5)));
        rows.add(checkedCalls());
        rows.add(calls("bus-call-64", "raw request to plugin, 64 in flight", "bus to plugin", Metric.RATE, 64));
        rows.add(stream(64));
        return rows;
    }

    private static Target beside(String peer, double factor) {
        return new Target(peer, factor);
    }

    private static Row topic(int receivers, Payload payload, String[] peers, Target... targets) {
        return messages(
                "topic-" + receivers + "/" + payload.label(),
                payload.title() + " to " + receivers,
                receivers,
                payload,
                peers("kernel", peers),
                List.of(targets));
    }

    private static Row patterns(int receivers) {
        return messages(
                "topic-" + receivers + "-patterns/" + SMALL_JSON.label(),
                SMALL_JSON.title() + " to " + receivers + ", 10,000 patterns around",
                receivers,
                SMALL_JSON,
                List.of(new Peer("kernel", "kernel, 10,000 patterns"), new Peer("kernel without patterns", "kernel")),
                List.of(new Target("kernel without patterns", 0.9)));
    }

    private static Row audited() {
        return messages(
                "audit-on/" + BUFFER_64.label(),
                BUFFER_64.title() + " to 1, with an audit log",
                1,
                BUFFER_64,
                List.of(new Peer("kernel", "kernel, audit on"), new Peer("kernel without a log", "kernel")),
                List.of(new Target("kernel without a log", 0.95)));
    }

    private static Row checked() {
        return messages(
                "both-layers/" + SMALL_JSON.label(),
                SMALL_JSON.title() + " to 1, both layers of the sandbox on",
                1,
                SMALL_JSON,
                withAndWithoutSandbox(),
                List.of(new Target(NO_SANDBOX, ALMOST)));
    }

    private static List<Peer> withAndWithoutSandbox() {
        return List.of(new Peer("kernel", Lanes.BOTH_LAYERS), new Peer(NO_SANDBOX, "kernel"));
    }

    private static Row checkedCalls() {
        return calls(
                "both-layers-call-64",
                "call, 64 in flight, both layers of the sandbox on",
                Metric.RATE,
                64,
                withAndWithoutSandbox(),
                new Target(NO_SANDBOX, ALMOST));
    }

    private static Row deliveries(String name, String title, String lane, int receivers, Payload payload, String peer) {
        boolean edge = name.contains("bus");
        return messages(
                name + "/" + payload.label(),
                payload.title() + ", " + title,
                receivers,
                payload,
                peers(lane, peer),
                edge ? List.of(new Target(peer, 0.9)) : List.of());
    }

    private static Row messages(
            String name, String title, int receivers, Payload payload, List<Peer> peers, List<Target> targets) {
        int messages = Math.max(64, payload.messages() / receivers);
        Map<String, String> parameters = Map.of(
                "receivers",
                String.valueOf(receivers),
                "payload",
                payload.name(),
                "messages",
                String.valueOf(messages));
        return new JmhRow(
                name,
                title,
                Metric.RATE,
                peers,
                targets,
                List.of(),
                Deliveries.class,
                parameters,
                messages * receivers);
    }

    private static Row calls(String name, String title, String lane, Metric metric, int inFlight, Target... targets) {
        return calls(name, title, metric, inFlight, peers(lane, LOOPS, WORKERS, PEKKO), targets);
    }

    private static Row calls(
            String name, String title, Metric metric, int inFlight, List<Peer> peers, Target... targets) {
        int calls = inFlight == 1 ? 5_000 : 50_000;
        Map<String, String> parameters = Map.of(
                "inFlight", String.valueOf(inFlight), "payload", SMALL_JSON.name(), "messages", String.valueOf(calls));
        return new JmhRow(
                name + "/" + SMALL_JSON.label(),
                title,
                metric,
                peers,
                List.of(targets),
                List.of(),
                CallsInFlight.class,
                parameters,
                calls);
    }

    private static Row stream(int window) {
        int items = 50_000;
        Map<String, String> parameters =
                Map.of("window", String.valueOf(window), "payload", SMALL_JSON.name(), "items", String.valueOf(items));
        return new JmhRow(
                "stream-" + window + "/" + SMALL_JSON.label(),
                SMALL_JSON.title() + ", streamed, " + window + " ahead",
                Metric.RATE,
                peers("kernel", LOOPS, WORKERS),
                List.of(),
                List.of(),
                StreamedItems.class,
                parameters,
                items);
    }

    private static List<Peer> peers(String kernel, String... others) {
        return Stream.concat(
                        Stream.of(new Peer("kernel", kernel)), Stream.of(others).map(Peer::of))
                .toList();
    }
}
