package io.dataprism.faults.row;

import io.dataprism.app.control.ControlClient;
import io.dataprism.faults.Effort;
import io.dataprism.faults.Fault;
import io.dataprism.faults.Findings;
import io.dataprism.faults.node.Guest;
import io.dataprism.faults.node.NodeProcess;
import io.dataprism.faults.node.Scene;
import io.dataprism.faults.plugin.Resting;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A node that is killed while its operator grants and revokes. */
public final class KillDuringGrant implements Fault {
    private static final Duration SPREAD = Duration.ofMillis(600);
    private static final int MOST = 50;

    private final Effort effort;

    public KillDuringGrant(Effort effort) {
        this.effort = effort;
    }

    @Override
    public String name() {
        return "kill-grant";
    }

    @Override
    public String fault() {
        return "kill -9 of the node in the middle of grants";
    }

    @Override
    public String promise() {
        return "old or new, never mixed, recovered at start in under 15 s";
    }

    @Override
    public void tryOut(Scene scene, Findings findings) throws Exception {
        scene.add(Guest.of("granted", Resting.class));
        new KillPoints(effort, SPREAD).run(scene, new Grants(), findings);
    }

    /** Grants one permission after the other; once there are many, it revokes the oldest for each. */
    private static final class Grants implements KillPoints.Work {
        private final Set<Long> acknowledged = new TreeSet<>();
        private Set<Long> next = Set.of();
        private long number;

        @Override
        public void doOne(ControlClient node) {
            if (acknowledged.size() < MOST) {
                change(node, "add", number++);
            } else {
                change(node, "revoke", acknowledged.iterator().next());
            }
        }

        private void change(ControlClient node, String verb, long which) {
            Set<Long> after = new TreeSet<>(acknowledged);
            if (verb.equals("add")) {
                after.add(which);
            } else {
                after.remove(which);
            }
            next = after;
            node.invoke(
                    "grants",
                    verb,
                    new JsonObject().put("id", "granted").put("permission", "event-publish:fault.n" + which));
            acknowledged.clear();
            acknowledged.addAll(after);
        }

        @Override
        public String wrong(NodeProcess node) {
            Set<Long> found = node.invoke("grants:list", "granted").getJsonArray("grants").stream()
                    .map(item -> ((JsonObject) item).getString("permission"))
                    .filter(permission -> permission.startsWith("event-publish:fault.n"))
                    .map(permission -> Long.valueOf(permission.substring("event-publish:fault.n".length())))
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!found.equals(acknowledged) && !found.equals(next)) {
                return "acknowledged were " + acknowledged + ", under way " + next + ", found " + found;
            }
            acknowledged.clear();
            acknowledged.addAll(found);
            return "";
        }
    }
}
