package io.dataprism.bench.row;

import io.dataprism.bench.lane.CheckLanes;
import io.dataprism.bench.lane.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What it costs to find out whether a plugin may do something, beside the JDK's SecurityManager, where the JDK has it, and beside no check at all. The limits are
 * of processor time: one thread does nothing else, and others on the machine don't change it.
 */
public final class CheckRows {
    private static final double GATE_NANOS = 20;
    private static final double SITE_NANOS = 50;

    private CheckRows() {}

    public static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        for (Question question : Question.values()) {
            rows.add(gate(question, 5));
            rows.add(gate(question, 500));
        }
        rows.add(site("fixed", "a call whose check looks at no argument", 100_000, SITE_NANOS));
        rows.add(site("text", "a call whose check looks at a text", 100_000, SITE_NANOS));
        rows.add(site("host", "a call whose check looks at a host", 100_000, SITE_NANOS));
        rows.add(site("path", "a call whose check follows a path", 2_000));
        return rows;
    }

    private static Row gate(Question question, int grants) {
        int times = 10_000;
        Map<String, String> parameters =
                Map.of("question", question.name(), "grants", String.valueOf(grants), "times", String.valueOf(times));
        return new JmhRow(
                "gate-check/" + question.name().toLowerCase(Locale.ROOT) + "-" + grants,
                "the gate is asked for " + question.title() + ", " + grants + " grants",
                Metric.EACH,
                peers(question.hasSecurityManager()),
                List.of(),
                List.of(new Limit(Metric.CPU, GATE_NANOS)),
                Checks.class,
                parameters,
                times);
    }

    private static Row site(String site, String title, int times, double... nanos) {
        List<Limit> limits = new ArrayList<>();
        for (double most : nanos) {
            limits.add(new Limit(Metric.CPU, most));
        }
        return new JmhRow(
                "call-site/" + site,
                title + ", call included",
                Metric.EACH,
                peers(true),
                List.of(),
                limits,
                Checks.class,
                Map.of("site", site, "times", String.valueOf(times)),
                times);
    }

    private static List<Peer> peers(boolean beside) {
        List<Peer> peers = new ArrayList<>(List.of(Peer.of(CheckLanes.KERNEL), Peer.of(CheckLanes.UNCHECKED)));
        if (beside && CheckLanes.hasSecurityManager()) {
            peers.add(Peer.of(CheckLanes.SECURITY_MANAGER));
        }
        return peers;
    }
}
