package io.dataprism.faults.row;

import io.dataprism.faults.Fault;
import io.dataprism.faults.Findings;
import io.dataprism.faults.node.Guest;
import io.dataprism.faults.node.NodeProcess;
import io.dataprism.faults.node.Scene;
import io.dataprism.faults.node.SmallDisk;
import io.dataprism.faults.node.Until;
import io.dataprism.faults.plugin.Keeper;
import io.dataprism.faults.plugin.Neighbour;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;

/** A disk with no room left, and then some again. */
public final class FullDisk implements Fault {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int MEGABYTES = 128;

    @Override
    public String name() {
        return "full-disk";
    }

    @Override
    public String fault() {
        return "disk full";
    }

    @Override
    public String promise() {
        return "changes refused with the cause, plugins run on, recovers by itself";
    }

    @Override
    public void tryOut(Scene scene, Findings findings) throws Exception {
        try (SmallDisk disk = SmallDisk.in(scene.folder(), MEGABYTES)) {
            if (!disk.isReal()) {
                findings.weaker("no file system could be mounted here: the disk was filled up to what the kernel keeps"
                        + " free, not to its end");
            }
            scene.data(disk.folder().resolve("data"));
            scene.neighbours(5);
            scene.add(Guest.of("keeper", Keeper.class)
                    .offers("write", "read", "add", "all")
                    .may("storage-access"));
            Path late =
                    scene.pack(Guest.of("late", Neighbour.class).offers("echo").entry("large.bin", new byte[1 << 20]));
            NodeProcess node = scene.start();
            changes(node, 1);
            disk.fill();
            refused(node, late, findings);
            findings.holds(
                    "still here".equals(node.call("neighbour-0", "echo", "still here", LONGEST)), "plugins run on");
            JsonObject read = (JsonObject) node.call("keeper", "read", new JsonObject(), LONGEST);
            findings.holds(read.getLong("first") == 1 && read.getLong("end") == 1, "what was stored is still read");
            disk.free();
            recovers(node, late, findings);
            node.stop();
            NodeProcess again = scene.start();
            findings.holds(
                    again.invoke("audit:verify", new JsonObject()).getBoolean("sound"),
                    "the audit log is sound after a restart");
            JsonObject last = (JsonObject) again.call("keeper", "read", new JsonObject(), LONGEST);
            findings.holds(last.getLong("first") == 3, "what was stored last is there after a restart");
        }
    }

    private static JsonObject write(NodeProcess node, long number) {
        return (JsonObject) node.call("keeper", "write", new JsonObject().put("number", number), LONGEST);
    }

    private static JsonObject grant(NodeProcess node, long number) {
        return node.invoke(
                "grants:add", new JsonObject().put("id", "keeper").put("permission", "event-publish:fault.n" + number));
    }

    private static void changes(NodeProcess node, long number) {
        write(node, number);
        grant(node, number);
    }

    private static void refused(NodeProcess node, Path late, Findings findings) {
        String written = Told.brief(() -> write(node, 2));
        findings.holds(written.startsWith("DP-"), "storage: %s", written);
        String granted = Told.brief(() -> grant(node, 2));
        findings.holds(granted.startsWith("DP-"), "a grant: %s", granted);
        String installed =
                Told.brief(() -> node.invoke("plugins:install", new JsonObject().put("source", late.toString())));
        findings.holds(installed.startsWith("DP-"), "an install: %s", installed);
    }

    private static void recovers(NodeProcess node, Path late, Findings findings) throws Exception {
        long began = System.nanoTime();
        Until.within(
                LONGEST, "it stores again", () -> !Told.by(() -> write(node, 3)).startsWith("DP-"));
        Until.within(
                LONGEST, "it grants again", () -> !Told.by(() -> grant(node, 3)).startsWith("DP-"));
        Until.within(
                LONGEST,
                "it installs again",
                () -> !Told.by(() -> node.invoke("plugins:install", new JsonObject().put("source", late.toString())))
                        .startsWith("DP-"));
        findings.saw(
                "all of it works again %s after there is room",
                Findings.text(Duration.ofNanos(System.nanoTime() - began)));
    }
}
