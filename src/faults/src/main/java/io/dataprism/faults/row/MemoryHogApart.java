package io.dataprism.faults.row;

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
import java.util.List;

/** A plugin in a process of its own that takes memory until there is none. */
public final class MemoryHogApart implements Fault {
    private static final Duration SHORT = Duration.ofSeconds(5);
    private static final int ASKED = 10;

    /** How long it may go on. */
    private final Duration longest;

    private final MemoryHog.Kind kind;

    public MemoryHogApart(Effort effort, MemoryHog.Kind kind) {
        longest = effort.measure().multipliedBy(3);
        this.kind = kind;
    }

    @Override
    public String name() {
        return "memory-hog-" + kind.label + "-apart";
    }

    @Override
    public String fault() {
        return "memory hog with isolation process (" + kind.label + ")";
    }

    @Override
    public String promise() {
        return "only the child dies";
    }

    @Override
    public void tryOut(Scene scene, Findings findings) throws Exception {
        scene.neighbours(5);
        scene.add(Guest.of("hoarder", Hoarder.class)
                .offers("heap", "direct", "metaspace")
                .may("class-loading")
                .manifest("isolation: process\nlimits: {memory: 64MiB}\nsupervision: {restart: temporary}"));
        NodeProcess node = scene.start();
        List<ProcessHandle> children = node.handle().descendants().toList();
        findings.holds(children.size() == 1, "%d process below the node", children.size());
        Told.by(() -> new JsonObject().put("answer", node.call("hoarder", kind.label, new JsonObject(), SHORT)));
        long began = System.nanoTime();
        boolean died = Until.becomes(longest, () -> children.stream().noneMatch(ProcessHandle::isAlive));
        findings.saw(
                "the child %s after %s",
                died ? "died" : "lives on", Findings.text(Duration.ofNanos(System.nanoTime() - began)));
        Until.becomes(SHORT, () -> !died || !node.state("hoarder").equals("running"));
        findings.holds(!died || !node.state("hoarder").equals("running"), "the plugin is %s", node.state("hoarder"));
        JsonObject info = node.invoke("plugins:info", "hoarder");
        findings.saw("told: %s", info.getJsonObject("error", new JsonObject()).getString("message", "nothing"));
        long answers = 0;
        for (int i = 0; i < ASKED; i++) {
            answers += "still here".equals(node.call("neighbour-0", "echo", "still here", SHORT)) ? 1 : 0;
        }
        findings.holds(
                node.isAlive() && answers == ASKED, "the node is alive, %d of %d calls are answered", answers, ASKED);
    }
}
