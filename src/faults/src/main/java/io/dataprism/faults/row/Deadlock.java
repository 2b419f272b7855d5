package io.dataprism.faults.row;

import io.dataprism.faults.Fault;
import io.dataprism.faults.Findings;
import io.dataprism.faults.node.Events;
import io.dataprism.faults.node.Guest;
import io.dataprism.faults.node.NodeProcess;
import io.dataprism.faults.node.Scene;
import io.dataprism.faults.plugin.Locker;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** Two plugins that take two locks in two orders. */
public final class Deadlock implements Fault {
    private static final Duration LONGEST = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "deadlock";
    }

    @Override
    public String fault() {
        return "deadlock of two plugins";
    }

    @Override
    public String promise() {
        return "found within 10 s, both stacks";
    }

    @Override
    public void tryOut(Scene scene, Findings findings) throws Exception {
        scene.neighbours(5);
        locker(scene, "left", "one", "two");
        locker(scene, "right", "two", "one");
        NodeProcess node = scene.start();
        try (Events events = Events.of(node, "kernel.deadlock")) {
            long began = System.nanoTime();
            lock(node, "left");
            lock(node, "right");
            Events.Seen found = events.first("kernel.deadlock", LONGEST.multipliedBy(2))
                    .orElseThrow(() -> new IllegalStateException("No deadlock was found."));
            findings.within(LONGEST, Duration.ofNanos(found.nanos() - began), "found after");
            JsonArray threads = found.body().getJsonArray("threads");
            long stacks = threads.stream()
                    .map(JsonObject.class::cast)
                    .filter(thread -> thread.getValue("stack").toString().contains("Locker.lock"))
                    .count();
            findings.holds(stacks == 2, "%d stacks, of %s", stacks, found.body().getValue("plugins"));
            Object echo = node.call("neighbour-0", "echo", "still here", LONGEST);
            findings.holds("still here".equals(echo), "the others run on");
        }
    }

    private static void locker(Scene scene, String id, String first, String second) {
        scene.add(Guest.of(id, Locker.class)
                .offers("lock")
                .may("system-properties:write:dataprism.faults.*", "system-properties:read:dataprism.faults.*")
                .conf("config: {first: " + first + ", second: " + second + "}"));
    }

    private static void lock(NodeProcess node, String id) {
        Thread caller = new Thread(() -> Told.by(
                () -> new JsonObject().put("answer", node.call(id, "lock", new JsonObject(), Duration.ofMinutes(1)))));
        caller.setDaemon(true);
        caller.start();
    }
}
