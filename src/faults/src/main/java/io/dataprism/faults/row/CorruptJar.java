package io.dataprism.faults.row;

import io.dataprism.faults.Fault;
import io.dataprism.faults.Findings;
import io.dataprism.faults.node.Guest;
import io.dataprism.faults.node.NodeProcess;
import io.dataprism.faults.node.Scene;
import io.dataprism.faults.plugin.Neighbour;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Jars that were cut off or changed: one that is installed, and one that lies in the data folder of a node that does not run. */
public final class CorruptJar implements Fault {
    @Override
    public String name() {
        return "corrupt-jar";
    }

    @Override
    public String fault() {
        return "corrupt jar";
    }

    @Override
    public String promise() {
        return "never loaded";
    }

    @Override
    public void tryOut(Scene scene, Findings findings) throws Exception {
        Path whole = scene.pack(Guest.of("whole", Neighbour.class).offers("echo"));
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = scene.folder().resolve("cut.jar");
        Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
        Path turned = scene.folder().resolve("turned.jar");
        Files.write(turned, turned(bytes));
        scene.add(Guest.of("apart", Neighbour.class).offers("echo"));
        NodeProcess node = scene.start();
        refused(node, cut, "cut off in the middle", findings);
        refused(node, turned, "with a byte turned", findings);
        install(node, whole);
        node.invoke("plugins:load", "whole");
        node.stop();
        turnStored(scene.data(), bytes.length, findings);
        NodeProcess again = scene.start();
        String told = Told.brief(() -> again.invoke("plugins:load", "whole"));
        boolean running = Told.by(() -> again.invoke("plugins:info", "whole")).contains("\"state\":\"running\"");
        findings.holds(!running, "one that was changed where the node keeps it does not run: %s", told);
        findings.holds(
                again.err().contains("whole") || told.contains("DP-"),
                "which the log or whoever asks is told at the next start");
        findings.holds(again.state("apart").equals("running"), "'apart' is %s", again.state("apart"));
    }

    private static void install(NodeProcess node, Path jar) {
        node.invoke("plugins:install", new JsonObject().put("source", jar.toString()));
    }

    private static void refused(NodeProcess node, Path jar, String how, Findings findings) {
        String told = Told.brief(() -> node.invoke("plugins:install", new JsonObject().put("source", jar.toString())));
        String load = Told.by(() -> node.invoke("plugins:load", "whole"));
        findings.holds(told.startsWith("DP-") && load.startsWith("DP-"), "%s: %s", how, told);
    }

    /** In the middle, where the classes are. */
    private static byte[] turned(byte[] bytes) {
        byte[] other = bytes.clone();
        other[other.length / 2] ^= 0x40;
        return other;
    }

    private static void turnStored(Path data, int size, Findings findings) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(data.resolve("artifacts"))) {
            all = files.filter(Files::isRegularFile).toList();
        }
        int changed = 0;
        for (Path file : all) {
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length == size) {
                if (!file.toFile().setWritable(true)) {
                    throw new IOException(file + " can't be made writable");
                }
                Files.write(file, turned(bytes));
                changed++;
            }
        }
        findings.holds(changed == 1, "%d jar was changed where the node keeps it", changed);
    }
}
