package io.dataprism.faults.row;

import io.dataprism.app.control.ControlClient;
import io.dataprism.faults.Effort;
import io.dataprism.faults.Fault;
import io.dataprism.faults.Findings;
import io.dataprism.faults.node.Guest;
import io.dataprism.faults.node.NodeProcess;
import io.dataprism.faults.node.Scene;
import io.dataprism.faults.plugin.Keeper;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** A node that is killed while a plugin stores a number in three places at once. */
public final class KillDuringWrite implements Fault {
    private static final Duration SPREAD = Duration.ofMillis(600);
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final Effort effort;

    public KillDuringWrite(Effort effort) {
        this.effort = effort;
    }

    @Override
    public String name() {
        return "kill-write";
    }

    @Override
    public String fault() {
        return "kill -9 of the node in the middle of storage writes";
    }

    @Override
    public String promise() {
        return "old or new, never mixed, recovered at start in under 15 s";
    }

    @Override
    public void tryOut(Scene scene, Findings findings) throws Exception {
        scene.add(Guest.of("keeper", Keeper.class)
                .offers("write", "read", "add", "all")
                .may("storage-access"));
        new KillPoints(effort, SPREAD).run(scene, new Writes(), findings);
    }

    /** Writes one number after the other. */
    private static final class Writes implements KillPoints.Work {
        private long acknowledged;

        @Override
        public void doOne(ControlClient node) {
            JsonObject call = new JsonObject()
                    .put("id", "keeper")
                    .put("capability", "write")
                    .put("body", new JsonObject().put("number", acknowledged + 1))
                    .put("withinMillis", LONGEST.toMillis());
            node.invoke("plugins", "call", call);
            acknowledged++;
        }

        @Override
        public String wrong(NodeProcess node) {
            JsonObject read = (JsonObject) node.call("keeper", "read", new JsonObject(), LONGEST);
            long found = read.getLong("begin");
            boolean whole = read.stream().allMatch(entry -> ((Number) entry.getValue()).longValue() == found);
            if (!whole || (found != acknowledged && found != acknowledged + 1)) {
                return "acknowledged was " + acknowledged + ", found " + read.encode();
            }
            acknowledged = found;
            return "";
        }
    }
}
