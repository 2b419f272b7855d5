package io.dataprism.faults.row;

import io.dataprism.faults.Effort;
import io.dataprism.faults.Fault;
import io.dataprism.faults.Findings;
import io.dataprism.faults.node.Events;
import io.dataprism.faults.node.Guest;
import io.dataprism.faults.node.NodeProcess;
import io.dataprism.faults.node.Scene;
import io.dataprism.faults.node.Until;
import io.dataprism.faults.plugin.Keeper;
import io.dataprism.faults.plugin.Troubled;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A thousand faults of all kinds, chosen by chance, over thirty plugins, and the node killed again and again. */
public final class RandomFaults implements Fault {
    private static final int KEEPERS = 10;
    private static final int TROUBLED = 20;
    private static final Duration EACH = Duration.ofMillis(600);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int ADDERS = 2;
    private static final int KILL_EVERY = 100;

    /** The node that runs now: each that is killed is followed by another. */
    private static final class RunningNode {
        volatile NodeProcess process;

        RunningNode(NodeProcess first) {
            process = first;
        }
    }

    private final Effort effort;

    public RandomFaults(Effort effort) {
        this.effort = effort;
    }

    @Override
    public String name() {
        return "random";
    }

    @Override
    public String fault() {
        return "1,000 random faults, seeded, over 30 plugins for 10 minutes";
    }

    @Override
    public String promise() {
        return "invariants hold (accounts zero after unload, no lost acknowledged call, no orphan)";
    }

    @Override
    public void tryOut(Scene scene, Findings findings) throws Exception {
        List<String> keepers = new ArrayList<>();
        for (int i = 0; i < KEEPERS; i++) {
            keepers.add("keeper-" + i);
            scene.add(Guest.of("keeper-" + i, Keeper.class)
                    .offers("write", "read", "add", "all")
                    .may("storage-access"));
        }
        List<String> troubled = new ArrayList<>();
        for (int i = 0; i < TROUBLED; i++) {
            troubled.add("troubled-" + i);
            scene.add(Guest.of("troubled-" + i, Troubled.class)
                    .offers("go-wrong")
                    .may("event-subscribe:trouble.*", "event-publish:trouble.*")
                    .manifest("supervision: {restart: permanent, pause: 50ms..1s}"));
        }
        scene.node("steps", "{drain: 1s, stop: 1s, destroy: 1s, slice: 3s}");
        RunningNode node = new RunningNode(scene.start());
        Adders adders = new Adders(() -> node.process, keepers);
        adders.start(ADDERS);
        long began = System.nanoTime();
        int done = goWrong(scene, node, new Misfortune(scene, effort.seed(), keepers, troubled), findings);
        adders.end();
        findings.saw(
                "seed %d: %,d faults in %s",
                effort.seed(), done, Findings.text(Duration.ofNanos(System.nanoTime() - began)));
        bringUp(node.process, scene, keepers);
        Map<String, Set<Long>> lost = adders.lost();
        findings.holds(
                lost.isEmpty(),
                "%,d calls acknowledged, %,d failed; lost: %s",
                adders.count(),
                adders.failed(),
                lost.isEmpty() ? "none" : lost);
        nothingIsLeft(node.process, scene, findings);
    }

    private int goWrong(Scene scene, RunningNode node, Misfortune misfortune, Findings findings) throws Exception {
        long began = System.nanoTime();
        long wanted = Math.max(1, effort.random().toMillis() / EACH.toMillis());
        int done = 0;
        int kills = 0;
        while (done < wanted) {
            if (++done % KILL_EVERY == 0) {
                node.process.kill();
                kills++;
                node.process = scene.start();
            } else {
                misfortune.strike(node.process);
            }
            if (!node.process.isAlive()) {
                findings.holds(false, "the node died by itself after %d faults", done);
                node.process = scene.start();
            }
            long due = began + done * EACH.toNanos();
            Until.within(LONGEST, "the next is due", () -> System.nanoTime() - due >= 0);
        }
        findings.saw("of each kind: %s; the node was killed %d times", misfortune.counts(), kills);
        return done;
    }

    /** Whatever was done to them. */
    private static void bringUp(NodeProcess node, Scene scene, List<String> ids) throws Exception {
        scene.write();
        for (String id : ids) {
            Told.by(() -> node.invoke("plugins:resume", id));
            Told.by(() -> node.invoke("plugins:release", id));
            Told.by(() -> node.invoke("plugins:load", id));
            node.await(id, "running", LONGEST);
        }
    }

    private static void nothingIsLeft(NodeProcess node, Scene scene, Findings findings) throws Exception {
        Files.writeString(
                scene.configuration(),
                "version: 1\nnode: {data: " + scene.data() + ", sandboxed: true}\nplugins: {}\n");
        Until.within(LONGEST, "all plugins are gone", () -> plugins(node).isEmpty());
        JsonObject use = node.invoke("resources:list", new JsonObject());
        findings.holds(
                use.getLong("memory") == 0 && use.getJsonArray("plugins").isEmpty(),
                "accounts after all were unloaded: %d bytes, %d plugins",
                use.getLong("memory"),
                use.getJsonArray("plugins").size());
        try (Events events = Events.of(node, "kernel.check")) {
            findings.holds(
                    Until.becomes(
                            LONGEST,
                            () -> events.all("kernel.check").stream()
                                    .anyMatch(event -> event.body().getInteger("unloading") == 0)),
                    "class loaders that are not collected: %s",
                    events.all("kernel.check").stream()
                            .map(event -> event.body().getInteger("unloading"))
                            .min(Integer::compare)
                            .orElse(-1));
        }
        List<ProcessHandle> children = node.handle().descendants().toList();
        findings.holds(children.isEmpty(), "processes below the node: %s", children);
        JsonObject audit = node.invoke("audit:verify", new JsonObject());
        findings.holds(audit.getBoolean("sound"), "the audit log is sound: %s", audit.getValue("findings"));
        findings.holds(work(scene.data()).isEmpty(), "work folders left: %s", work(scene.data()));
        int code = node.stop();
        findings.holds(code == 0, "the node ends with %d when it is asked to", code);
    }

    private static JsonArray plugins(NodeProcess node) {
        return node.invoke("plugins:list", new JsonObject()).getJsonArray("plugins");
    }

    private static List<Path> work(Path data) throws IOException {
        try (Stream<Path> all = Files.list(data.resolve("work"))) {
            return all.toList();
        }
    }
}
