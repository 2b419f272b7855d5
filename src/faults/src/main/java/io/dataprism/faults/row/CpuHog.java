package io.dataprism.faults.row;

import io.dataprism.app.control.ControlClient;
import io.dataprism.faults.Effort;
import io.dataprism.faults.Fault;
import io.dataprism.faults.Findings;
import io.dataprism.faults.node.ControlPace;
import io.dataprism.faults.node.Events;
import io.dataprism.faults.node.Guest;
import io.dataprism.faults.node.NodeProcess;
import io.dataprism.faults.node.Pace;
import io.dataprism.faults.node.Scene;
import io.dataprism.faults.node.Until;
import io.dataprism.faults.plugin.Hog;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A plugin that computes in one piece that never ends, and one that does in turns, beside a hundred neighbours. */
public final class CpuHog implements Fault {
    private static final Duration FLAGGED = Duration.ofSeconds(5);
    private static final Duration CONTROL = Duration.ofSeconds(1);
    /** After which a carrier that one slice holds is replaced. */
    private static final Duration SLICE = Duration.ofSeconds(1);

    private static final int NEIGHBOURS = 100;

    private final Effort effort;

    public CpuHog(Effort effort) {
        this.effort = effort;
    }

    @Override
    public String name() {
        return "cpu-hog";
    }

    @Override
    public String fault() {
        return "CPU hog";
    }

    @Override
    public String promise() {
        return "flagged in 5 s; the kernel's control calls answer under 1 s; neighbours' p99 at most the larger of 2 × quiet and the slice limit + 5 ms";
    }

    @Override
    public void tryOut(Scene scene, Findings findings) throws Exception {
        scene.neighbours(NEIGHBOURS);
        scene.add(Guest.of("endless", Hog.class).offers("spin", "turns", "wait"));
        scene.add(Guest.of("greedy", Hog.class).offers("spin", "turns", "wait").conf("limits: {cpu: 20}"));
        NodeProcess node = scene.start();
        Pace.of(node, effort.measure());
        Pace quiet = Pace.of(node, effort.measure());
        try (Events events = Events.of(node, "plugin.*.*");
                ControlPace control = new ControlPace(node);
                ControlClient caller = node.connect()) {
            CompletableFuture<Pace> meanwhile = Pace.meanwhile(node, effort.measure());
            long began = System.nanoTime();
            caller.invoke("plugins", "call", begin("greedy", "turns"));
            Thread stuck = new Thread(() -> node.call("endless", "spin", new JsonObject(), Duration.ofMillis(100)));
            stuck.setDaemon(true);
            stuck.setUncaughtExceptionHandler((thread, late) -> findings.saw("whoever calls it is told: %s", late));
            stuck.start();
            flagged(events, "plugin.endless.stuck", began, findings);
            flagged(events, "plugin.greedy.throttled", began, findings);
            Latencies.besideHog(quiet, meanwhile.join(), SLICE, findings);
            share(node, findings);
            findings.within(CONTROL, control.longest(), "longest of " + control.answered() + " control calls");
        }
    }

    private static JsonObject begin(String plugin, String capability) {
        return new JsonObject()
                .put("id", plugin)
                .put("capability", capability)
                .put("body", new JsonObject())
                .put("withinMillis", 10_000);
    }

    private static void flagged(Events events, String topic, long began, Findings findings) throws Exception {
        Duration took = events.first(topic, FLAGGED.multipliedBy(3))
                .map(event -> Duration.ofNanos(event.nanos() - began))
                .orElseThrow(() -> new IllegalStateException("There was no " + topic));
        findings.within(FLAGGED, took, topic + " after");
    }

    /** The greedy one is held to a fifth of a core. */
    private void share(NodeProcess node, Findings findings) throws Exception {
        long before = used(node);
        long began = System.nanoTime();
        Until.passes(effort.measure());
        double percent = 100.0 * (used(node) - before) * 1_000_000 / (System.nanoTime() - began);
        findings.saw("the greedy one used %.1f %% of a core (may use 20)", percent);
    }

    private static long used(NodeProcess node) {
        return node.invoke("resources:list", "greedy")
                .getJsonArray("plugins")
                .getJsonObject(0)
                .getLong("cpuMillis");
    }
}
