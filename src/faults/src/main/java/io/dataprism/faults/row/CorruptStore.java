package io.dataprism.faults.row;

import io.dataprism.faults.Effort;
import io.dataprism.faults.Fault;
import io.dataprism.faults.Findings;
import io.dataprism.faults.node.Guest;
import io.dataprism.faults.node.NodeProcess;
import io.dataprism.faults.node.Scene;
import io.dataprism.faults.plugin.Keeper;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A file of the node's own store, and one of a plugin's storage, in which bytes were changed while no node ran. */
public final class CorruptStore implements Fault {
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final String GRANT = "event-publish:kept";
    private static final int BYTES = 200;

    private final Effort effort;

    public CorruptStore(Effort effort) {
        this.effort = effort;
    }

    @Override
    public String name() {
        return "corrupt-store";
    }

    @Override
    public String fault() {
        return "corrupt store";
    }

    @Override
    public String promise() {
        return "detected and last good used";
    }

    @Override
    public void tryOut(Scene scene, Findings findings) throws Exception {
        scene.add(Guest.of("keeper", Keeper.class)
                .offers("write", "read", "add", "all")
                .may("storage-access"));
        NodeProcess node = scene.start();
        node.invoke(
                "grants:add",
                new JsonObject().put("id", "keeper").put("permission", GRANT).put("reason", "a fault"));
        for (long number = 1; number <= 20; number++) {
            node.call("keeper", "write", new JsonObject().put("number", number), LONGEST);
        }
        node.stop();
        spoil(scene.data(), "store", findings);
        spoil(scene.data(), "storage/keeper", findings);
        NodeProcess again = scene.start();
        String grants = again.invoke("grants:list", "keeper").encode();
        findings.holds(grants.contains(GRANT), "the grant is still there");
        JsonObject read = (JsonObject) again.call("keeper", "read", new JsonObject(), LONGEST);
        findings.holds(read.getLong("first") == 20 && read.getLong("end") == 20, "what was stored last is read");
        long told = again.err()
                .lines()
                .filter(line -> line.contains("damaged") || line.contains("DP-084"))
                .count();
        findings.holds(told >= 2, "the log tells of it in %d lines", told);
    }

    private static Path first(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        return files.stream()
                .filter(file -> file.toFile().length() > 4096)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no file of a store in " + folder));
    }

    /** All over the file. */
    private void spoil(Path data, String folder, Findings findings) throws IOException {
        Path file = first(data.resolve(folder));
        Random random = new Random(effort.seed());
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < BYTES; i++) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        Files.write(file, bytes);
        findings.saw("%d bytes turned in %s", BYTES, data.relativize(file));
    }
}
