package io.dataprism.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.storage.PluginStorages;
import io.dataprism.kernel.storage.StorageChange;
import io.dataprism.kernel.storage.StorageLease;
import io.dataprism.kernel.storage.StorageLimits;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plugins storage …}, on a node that runs and on the data folder of one that does not. */
class StorageCommandTest {
    @TempDir
    Path folder;

    private Path data() {
        return folder.resolve("data");
    }

    private CliRun run(String... words) {
        return CliRun.of(Stream.concat(
                        Stream.of("plugins", "storage"),
                        Stream.concat(Arrays.stream(words), Stream.of("--data", data().toString())))
                .toArray(String[]::new));
    }

    private String ok(String... words) {
        CliRun run = run(words);
        assertEquals(ExitCode.OK, run.exitCode(), run.err());
        return run.out();
    }

    private CliRun refused(String code, String... words) {
        CliRun run = run(words);
        assertTrue(run.exitCode() != ExitCode.OK && run.err().contains("error " + code), run.err());
        return run;
    }

    /** Two plugins stored something, and one of them was removed. */
    @BeforeEach
    void store() {
        try (PluginStorages storages = new PluginStorages(data().resolve("storage"), Runnable::run)) {
            for (String plugin : List.of("notes", "weather")) {
                StorageLease lease = storages.lend(new PluginId(plugin), "1", new StorageLimits(100, 10));
                assertEquals(
                        true,
                        lease.change(
                                        new StorageChange(
                                                Map.of(),
                                                Map.of(
                                                        "k",
                                                        Optional.of(Buffer.buffer(plugin)
                                                                .getBytes()))),
                                        () -> {})
                                .result());
            }
            assertTrue(storages.left(new PluginId("weather"), List.of("1")).succeeded());
        }
    }

    private void listsExportsKeepsAndDeletes(String file) throws Exception {
        assertEquals(
                List.of("ID KEYS BYTES", "notes 1 6", "weather 1 8 left by one that was removed"),
                ok("list").replaceAll(" +", " ").lines().map(String::strip).toList());
        Path to = folder.resolve(file);
        ok("export", "notes", to.toString());
        assertEquals(
                new JsonObject().put("key", "k").put("value", "bm90ZXM="),
                new JsonObject(Files.readAllLines(to).get(1)));
        refused("DP-0896", "export", "notes", to.toString());
        refused("DP-0895", "delete", "nobody");
        refused("DP-0101", "export", "../notes", folder.resolve("none").toString());
        ok("keep", "weather");
        assertFalse(new JsonObject(ok("list", "--json"))
                .getJsonArray("plugins")
                .getJsonObject(1)
                .getBoolean("left"));
        ok("delete", "weather");
        assertEquals(
                1, new JsonObject(ok("list", "--json")).getJsonArray("plugins").size());
        assertFalse(Files.exists(data().resolve("storage").resolve("weather")));
    }

    @Test
    void onAFolder() throws Exception {
        listsExportsKeepsAndDeletes("folder.jsonl");
    }

    @Test
    void onANodeThatRuns() throws Exception {
        try (ControlledNode node = new ControlledNode(data())) {
            listsExportsKeepsAndDeletes("node.jsonl");
        }
    }
}
