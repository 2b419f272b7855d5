package io.dataprism.faults.row;

import io.dataprism.faults.Effort;
import io.dataprism.faults.Fault;
import io.dataprism.faults.Findings;
import io.dataprism.faults.node.Events;
import io.dataprism.faults.node.Guest;
import io.dataprism.faults.node.NodeProcess;
import io.dataprism.faults.node.Pace;
import io.dataprism.faults.node.Scene;
import io.dataprism.faults.node.Until;
import io.dataprism.faults.plugin.Crasher;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A plugin that can't go on a moment after each start. */
public final class CrashLoop implements Fault {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Effort effort;

    public CrashLoop(Effort effort) {
        this.effort = effort;
    }

    @Override
    public String name() {
        return "crash-loop";
    }

    @Override
    public String fault() {
        return "crash loop";
    }

    @Override
    public String promise() {
        return "quarantined after 5 in 60 s; the others' p99 under 2 ×";
    }

    @Override
    public void tryOut(Scene scene, Findings findings) throws Exception {
        scene.neighbours(20);
        Path crasher = scene.pack(Guest.of("crasher", Crasher.class)
                .manifest("supervision: {restart: permanent, intensity: 5 in 60s, pause: 50ms..100ms}"));
        NodeProcess node = scene.start();
        node.invoke("plugins:install", new JsonObject().put("source", crasher.toString()));
        Pace.of(node, effort.measure());
        Pace quiet = Pace.of(node, effort.measure());
        try (Events events = Events.of(node, "plugin.crasher.*")) {
            CompletableFuture<Pace> meanwhile = Pace.meanwhile(node, effort.measure());
            load(node);
            Duration took = Until.within(
                    LONGEST,
                    "it is quarantined",
                    () -> !events.all("plugin.crasher.quarantined").isEmpty());
            int starts = events.all("plugin.crasher.running").size();
            findings.holds(starts == 5, "quarantined after %d crashes, in %s", starts, Findings.text(took));
            crashAgain(node, events, meanwhile);
            Latencies.twice(quiet, meanwhile.join(), findings);
        }
        findings.holds(node.state("crasher").equals("quarantined"), "it is %s", node.state("crasher"));
    }

    /** It may have crashed before anybody is told that it runs. */
    private static void load(NodeProcess node) {
        Told.by(() -> node.invoke("plugins:load", "crasher"));
    }

    /** As long as is measured. */
    private static void crashAgain(NodeProcess node, Events events, CompletableFuture<Pace> meanwhile)
            throws Exception {
        int before = 1;
        while (!meanwhile.isDone()) {
            Told.by(() -> node.invoke("plugins:release", "crasher"));
            load(node);
            before++;
            int times = before;
            Until.within(
                    LONGEST,
                    "it is quarantined again",
                    () -> events.all("plugin.crasher.quarantined").size() >= times);
        }
    }
}
