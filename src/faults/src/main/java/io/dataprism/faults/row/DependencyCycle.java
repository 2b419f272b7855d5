package io.dataprism.faults.row;

import io.dataprism.faults.Fault;
import io.dataprism.faults.Findings;
import io.dataprism.faults.node.Guest;
import io.dataprism.faults.node.NodeProcess;
import io.dataprism.faults.node.Scene;
import io.dataprism.faults.plugin.Resting;
import java.util.List;

/** Plugins that require each other in a circle. */
public final class DependencyCycle implements Fault {
    private static final List<String> CIRCLE = List.of("alder", "birch", "cedar");

    @Override
    public String name() {
        return "dependency-cycle";
    }

    @Override
    public String fault() {
        return "dependency cycle";
    }

    @Override
    public String promise() {
        return "refused before start with the whole cycle";
    }

    @Override
    public void tryOut(Scene scene, Findings findings) throws Exception {
        for (int i = 0; i < CIRCLE.size(); i++) {
            String next = CIRCLE.get((i + 1) % CIRCLE.size());
            scene.add(Guest.of(CIRCLE.get(i), Resting.class).manifest("dependencies: [{plugin: " + next + "}]"));
        }
        scene.add(Guest.of("apart", Resting.class));
        NodeProcess node = scene.start();
        String why = node.invoke("plugins:why", "alder").getString("text");
        findings.holds(
                CIRCLE.stream().allMatch(why::contains) && why.contains("->"), "whoever asks why is told: %s", why);
        for (String id : CIRCLE) {
            findings.holds(node.state(id).equals("installed"), "'%s' is %s", id, node.state(id));
        }
        findings.holds(node.state("apart").equals("running"), "'apart', of no circle, is %s", node.state("apart"));
    }
}
