package io.dataprism.faults.row;

import io.dataprism.faults.Effort;
import io.dataprism.faults.Fault;
import io.dataprism.faults.Findings;
import io.dataprism.faults.node.Guest;
import io.dataprism.faults.node.NodeProcess;
import io.dataprism.faults.node.Pace;
import io.dataprism.faults.node.Scene;
import io.dataprism.faults.node.Until;
import io.dataprism.faults.plugin.Sluggish;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A plugin that takes two minutes to come up, and one that takes as long to go down. */
public final class SlowSteps implements Fault {
    private static final Duration SPARE = Duration.ofSeconds(5);

    private final Effort effort;
    private final Duration start;
    private final Duration stop;

    public SlowSteps(Effort effort) {
        this.effort = effort;
        start = effort.late().dividedBy(4);
        stop = effort.late().dividedBy(12);
    }

    @Override
    public String name() {
        return "slow-steps";
    }

    @Override
    public String fault() {
        return "slow start, slow stop";
    }

    @Override
    public String promise() {
        return "deadline, forced; others unaffected";
    }

    @Override
    public void tryOut(Scene scene, Findings findings) throws Exception {
        scene.neighbours(20);
        scene.node("steps", "{start: " + start.toMillis() + "ms, stop: " + stop.toMillis() + "ms}");
        String config = "seconds: " + effort.late().toSeconds() + "}";
        NodeProcess node = scene.start();
        Pace.of(node, effort.measure());
        Pace quiet = Pace.of(node, effort.measure());
        CompletableFuture<Pace> meanwhile =
                Pace.meanwhile(node, start.plus(stop).plus(effort.measure()));
        findings.saw("each takes %s", Findings.text(effort.late()));
        scene.add(Guest.of("slow-start", Sluggish.class).conf("config: {slow: start, " + config));
        scene.add(Guest.of("slow-stop", Sluggish.class).conf("config: {slow: stop, " + config));
        scene.write();
        Until.within(
                SPARE.multipliedBy(2),
                "both are on their way",
                () -> knows(node, "slow-start")
                        && knows(node, "slow-stop")
                        && node.state("slow-stop").equals("running"));
        forced(node, "slow-start", start, findings);
        long began = System.nanoTime();
        String told = Told.by(() -> node.invoke("plugins:stop", "slow-stop"));
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        findings.within(stop.plus(SPARE), took, "the stop was forced after");
        findings.holds(
                Until.becomes(SPARE, () -> !node.state("slow-stop").equals("stopping")),
                "it is %s; whoever asked was told: %s",
                node.state("slow-stop"),
                told);
        Latencies.twice(quiet, meanwhile.join(), findings);
    }

    private static boolean knows(NodeProcess node, String id) {
        return node.invoke("plugins:list", new JsonObject()).getJsonArray("plugins").stream()
                .map(JsonObject.class::cast)
                .anyMatch(plugin -> id.equals(plugin.getString("id")));
    }

    private static void forced(NodeProcess node, String id, Duration deadline, Findings findings) throws Exception {
        Duration took = Until.within(
                deadline.plus(SPARE).multipliedBy(2),
                "the start is ended",
                () -> node.state(id).equals("error"));
        findings.within(deadline.plus(SPARE), took, "the start was forced after");
        findings.holds(node.invoke("plugins:info", id).encode().contains("DP-0815"), "it is in error with DP-0815");
    }
}
