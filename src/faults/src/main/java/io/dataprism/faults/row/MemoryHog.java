package io.dataprism.faults.row;

import io.dataprism.app.CommandFailure;
import io.dataprism.faults.Effort;
import io.dataprism.faults.Fault;
import io.dataprism.faults.Findings;
import io.dataprism.faults.node.Guest;
import io.dataprism.faults.node.NodeProcess;
import io.dataprism.faults.node.Scene;
import io.dataprism.faults.node.Until;
import io.dataprism.faults.plugin.Hoarder;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** A plugin that takes memory until there is none: of the heap, beside it, or for classes. */
public final class MemoryHog implements Fault {
    /** What of. */
    public enum Kind {
        HEAP("heap", "-Xmx192m"),
        DIRECT("direct", "-XX:MaxDirectMemorySize=96m"),
        METASPACE("metaspace", "-XX:MaxMetaspaceSize=160m");

        final String label;
        private final String limit;

        Kind(String label, String limit) {
            this.label = label;
            this.limit = limit;
        }
    }

    private static final Duration SHORT = Duration.ofSeconds(5);
    private static final int ASKED = 10;

    /** How long it may go on. */
    private final Duration longest;

    private final Kind kind;

    public MemoryHog(Effort effort, Kind kind) {
        longest = effort.measure().multipliedBy(3);
        this.kind = kind;
    }

    @Override
    public String name() {
        return "memory-hog-" + kind.label;
    }

    @Override
    public String fault() {
        return "memory hog in process (" + kind.label + ")";
    }

    @Override
    public String promise() {
        return "in process: the kernel survives, or restarts with the plugin suspended and says so";
    }

    @Override
    public void tryOut(Scene scene, Findings findings) throws Exception {
        scene.jvm("-Xmx192m", kind.limit);
        scene.neighbours(5);
        scene.add(Guest.of("hoarder", Hoarder.class)
                .offers("heap", "direct", "metaspace")
                .may("class-loading")
                .conf("limits: {cpu: 200}"));
        NodeProcess node = scene.start();
        node.call("hoarder", kind.label, new JsonObject(), SHORT);
        long began = System.nanoTime();
        Until.becomes(longest, () -> !node.isAlive() || isHeld(node));
        String took = Findings.text(Duration.ofNanos(System.nanoTime() - began));
        if (node.isAlive()) {
            findings.saw("%s: the plugin is %s after %s", kind.limit, stateNow(node), took);
            survives(node, findings);
        } else {
            findings.saw("%s: the node died after %s", kind.limit, took);
            restarts(scene, findings);
        }
    }

    /** Whether it was kept from taking more, by whichever means. */
    private static boolean isHeld(NodeProcess node) {
        String state = stateNow(node);
        return state.equals("suspended") || state.equals("quarantined") || state.equals("error");
    }

    private static String stateNow(NodeProcess node) {
        try {
            return node.state("hoarder");
        } catch (CommandFailure gone) {
            return "gone with the node";
        }
    }

    private static void survives(NodeProcess node, Findings findings) throws Exception {
        int answers = 0;
        long began = System.nanoTime();
        for (int i = 0; i < ASKED; i++) {
            String told = Told.brief(
                    () -> new JsonObject().put("answer", node.call("neighbour-0", "echo", "still here", SHORT)));
            answers += told.contains("still here") ? 1 : 0;
        }
        findings.holds(
                node.isAlive() && answers == ASKED,
                "the node is %s; %d of %d calls to the others are answered, in %s",
                node.isAlive() ? "alive" : "dead",
                answers,
                ASKED,
                Findings.text(Duration.ofNanos(System.nanoTime() - began)));
    }

    private static void restarts(Scene scene, Findings findings) throws Exception {
        NodeProcess again = scene.start();
        String state = again.state("hoarder");
        findings.holds(
                state.equals("suspended") || state.equals("quarantined"),
                "the node died; after its restart the plugin is %s",
                state);
        findings.holds(again.err().contains("hoarder"), "and its log says so");
    }
}
