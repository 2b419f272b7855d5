package io.dataprism.faults.row;

import io.dataprism.faults.Effort;
import io.dataprism.faults.Fault;
import io.dataprism.faults.Findings;
import io.dataprism.faults.node.ControlPace;
import io.dataprism.faults.node.Guest;
import io.dataprism.faults.node.NodeProcess;
import io.dataprism.faults.node.Pace;
import io.dataprism.faults.node.Scene;
import io.dataprism.faults.node.Until;
import io.dataprism.faults.plugin.Hog;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Trusted plugins that run on event loops and block them, one after the other: one of them is the loop that the node itself needs most. */
public final class BlockedLoop implements Fault {
    private static final Duration FLAGGED = Duration.ofSeconds(5);
    private static final Duration CONTROL = Duration.ofSeconds(1);
    private static final Duration SLICE = Duration.ofSeconds(1);
    private static final Duration BLOCKED = Duration.ofSeconds(6);
    /** As many as Vert.x makes where nobody says otherwise. */
    private static final int LOOPS = 2 * Runtime.getRuntime().availableProcessors();

    private static final int NEIGHBOURS = 100;

    private final Effort effort;

    public BlockedLoop(Effort effort) {
        this.effort = effort;
    }

    @Override
    public String name() {
        return "blocked-loop";
    }

    @Override
    public String fault() {
        return "blocked event loop";
    }

    @Override
    public String promise() {
        return "flagged in 5 s; the kernel's control calls answer under 1 s; neighbours' p99 at most the larger of 2 × quiet and the slice limit + 5 ms";
    }

    @Override
    public void tryOut(Scene scene, Findings findings) throws Exception {
        scene.neighbours(NEIGHBOURS);
        for (int i = 0; i < LOOPS; i++) {
            scene.add(Guest.of("blocker-" + i, Hog.class)
                    .offers("spin", "turns", "wait")
                    .may("vertx-access")
                    .manifest("isolation: event-loop"));
        }
        NodeProcess node = scene.start();
        Pace.of(node, effort.measure());
        Pace quiet = Pace.of(node, effort.measure());
        try (ControlPace control = new ControlPace(node)) {
            CompletableFuture<Pace> meanwhile = Pace.meanwhile(node, BLOCKED.multipliedBy(LOOPS));
            Duration flagged = Duration.ZERO;
            for (int i = 0; i < LOOPS; i++) {
                Duration took = block(node, "blocker-" + i);
                flagged = took.compareTo(flagged) > 0 ? took : flagged;
            }
            findings.saw("each of %d event loops blocked in turn, for %s", LOOPS, Findings.text(BLOCKED));
            findings.within(FLAGGED, flagged, "flagged in the log, with thread and stack, at the latest after");
            findings.within(CONTROL, control.longest(), "longest of " + control.answered() + " control calls");
            Latencies.besideHog(quiet, meanwhile.join(), SLICE, findings);
        }
    }

    /** How long it took until the log told of it: by the log, since the way to whoever watches may be the one that is blocked. */
    private static Duration block(NodeProcess node, String id) throws Exception {
        long began = System.nanoTime();
        JsonObject wanted = new JsonObject().put("millis", BLOCKED.toMillis());
        Thread caller = new Thread(() ->
                Told.by(() -> new JsonObject().put("answer", node.call(id, "wait", wanted, BLOCKED.multipliedBy(2)))));
        caller.setDaemon(true);
        caller.start();
        Duration took = Until.within(
                BLOCKED.multipliedBy(2),
                "the log tells of it",
                () -> node.err().contains("plugin " + id + ": DP-0641"));
        caller.join();
        Until.within(BLOCKED, "it is over", () -> System.nanoTime() - began > BLOCKED.toNanos());
        return took;
    }
}
