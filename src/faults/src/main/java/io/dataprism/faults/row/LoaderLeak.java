package io.dataprism.faults.row;

import io.dataprism.faults.Effort;
import io.dataprism.faults.Fault;
import io.dataprism.faults.Findings;
import io.dataprism.faults.node.Events;
import io.dataprism.faults.node.Guest;
import io.dataprism.faults.node.Jcmd;
import io.dataprism.faults.node.NodeProcess;
import io.dataprism.faults.node.Scene;
import io.dataprism.faults.node.Until;
import io.dataprism.faults.plugin.Reloaded;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** A plugin that leaves things behind at each reload, and one that leaves what the JVM never gives up. */
public final class LoaderLeak implements Fault {
    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final double STEADY = 0.05;
    private static final int WARM = 5;

    private final Effort effort;

    public LoaderLeak(Effort effort) {
        this.effort = effort;
    }

    @Override
    public String name() {
        return "loader-leak";
    }

    @Override
    public String fault() {
        return "class-loader leak";
    }

    @Override
    public String promise() {
        return "50 reloads: all collected, metaspace steady within 5 %, or the holder named";
    }

    @Override
    public void tryOut(Scene scene, Findings findings) throws Exception {
        scene.node("check-every", "200ms");
        scene.add(Guest.of("reloaded", Reloaded.class).may("event-subscribe:reloaded.*"));
        scene.add(Guest.of("holding", Reloaded.class)
                .may("event-subscribe:reloaded.*", "threads", "environment")
                .conf("config: {hook: true}"));
        NodeProcess node = scene.start();
        try (Events events = Events.of(node, "kernel.*")) {
            reload(node, WARM);
            collected(events);
            long before = Jcmd.metaspace(node.pid());
            reload(node, effort.reloads());
            Duration took = collected(events);
            long after = Jcmd.metaspace(node.pid());
            findings.saw("%d reloads, all collected %s after the last", effort.reloads(), Findings.text(took));
            findings.holds(
                    Math.abs(after - before) <= STEADY * before,
                    "metaspace %,d KiB before, %,d KiB after (%+.1f %%)",
                    before >> 10,
                    after >> 10,
                    100.0 * (after - before) / before);
            holder(node, events, findings);
        }
    }

    private static void reload(NodeProcess node, int times) {
        for (int i = 0; i < times; i++) {
            node.invoke("plugins:reload", "reloaded");
        }
    }

    /** Wait until a check that was made since counts nothing that was not collected. */
    private static Duration collected(Events events) throws Exception {
        long began = System.nanoTime();
        return Until.within(
                LONGEST,
                "all loaders are collected",
                () -> events.all("kernel.check").stream()
                        .anyMatch(event -> event.nanos() > began + 500_000_000L
                                && event.body().getInteger("unloading") == 0));
    }

    private static void holder(NodeProcess node, Events events, Findings findings) throws Exception {
        node.invoke("plugins:unload", "holding");
        JsonObject leak =
                events.first("kernel.leak", LONGEST).map(Events.Seen::body).orElse(new JsonObject());
        String message = leak.getJsonObject("error", new JsonObject()).getString("message", "nothing was told");
        findings.holds(
                message.contains("left-hook") || message.contains("shutdown"),
                "what holds the other is named: %s",
                message);
    }
}
