package io.dataprism.faults.row;

import io.dataprism.faults.Fault;
import io.dataprism.faults.Findings;
import io.dataprism.faults.node.Guest;
import io.dataprism.faults.node.NodeProcess;
import io.dataprism.faults.node.Scene;
import io.dataprism.faults.plugin.Circle;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** Plugins whose calls wait for each other in a circle. */
public final class CallCircle implements Fault {
    private static final Duration LONGEST = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "call-circle";
    }

    @Override
    public String fault() {
        return "deadlock of calls in a circle";
    }

    @Override
    public String promise() {
        return "found within 10 s, with who waits for whom";
    }

    @Override
    public void tryOut(Scene scene, Findings findings) throws Exception {
        scene.neighbours(5);
        circle(scene, "alder", "birch");
        circle(scene, "birch", "cedar");
        circle(scene, "cedar", "alder");
        NodeProcess node = scene.start();
        long began = System.nanoTime();
        String told = Told.by(() ->
                new JsonObject().put("answer", node.call("alder", "ask", new JsonObject(), Duration.ofMinutes(1))));
        findings.within(LONGEST, Duration.ofNanos(System.nanoTime() - began), "told after");
        findings.holds(told.contains("The calls wait in a circle: "), "%s", told);
        findings.holds(
                "still here".equals(node.call("neighbour-0", "echo", "still here", LONGEST)), "the others run on");
    }

    private static void circle(Scene scene, String id, String next) {
        scene.add(Guest.of(id, Circle.class)
                .offers("ask")
                .may("call:" + next + ":ask")
                .conf("config: {next: " + next + "}"));
    }
}
