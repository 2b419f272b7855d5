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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
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

    private CliRun backup(String command, Path file) {
        return CliRun.of("store", command, file.toString(), "--data", data().toString());
    }

    /** What is stored after the backup goes, and is kept beside; what a removed plugin left is its own still. */
    private void restores(Path backup) {
        ok("keep", "weather");
        ok("delete", "notes");
        CliRun restored = backup("restore", backup);
        assertEquals(ExitCode.OK, restored.exitCode(), restored.err());
        assertTrue(restored.err().contains("What plugins store is the backup's."), restored.err());
        assertEquals(
                List.of("ID KEYS BYTES", "notes 1 6", "weather 1 8 left by one that was removed"),
                ok("list").replaceAll(" +", " ").lines().map(String::strip).toList());
        Path kept = data().resolve("store-before-restore").resolve("storage");
        assertTrue(Files.exists(kept.resolve("weather").resolve("store-1.db")));
        assertFalse(Files.exists(kept.resolve("notes")));
    }

    @Test
    void whatPluginsStoreIsInABackupOfAFolder() {
        Path backup = folder.resolve("node.backup");
        assertEquals(ExitCode.OK, backup("backup", backup).exitCode());
        restores(backup);
    }

    @Test
    void whatPluginsStoreIsInABackupOfANodeThatRuns() throws Exception {
        Path backup = folder.resolve("node.backup");
        try (ControlledNode node = new ControlledNode(data())) {
            CliRun made = backup("backup", backup);
            assertEquals(ExitCode.OK, made.exitCode(), made.err());
        }
        restores(backup);
        try (Stream<Path> all = Files.list(folder)) {
            assertEquals(2, all.count(), "nothing is left beside the backup");
        }
    }

    /** A backup with other entries than were written: {@code change} gets each one's name and bytes, and gives none for what goes. */
    private Path altered(BiFunction<String, byte[], Optional<byte[]>> change) throws IOException {
        Path backup = folder.resolve("node.backup");
        assertEquals(ExitCode.OK, backup("backup", backup).exitCode());
        Path altered = folder.resolve("altered.backup");
        try (ZipFile from = new ZipFile(backup.toFile());
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(altered))) {
            for (ZipEntry entry : from.stream().toList()) {
                Optional<byte[]> bytes =
                        change.apply(entry.getName(), from.getInputStream(entry).readAllBytes());
                if (bytes.isPresent()) {
                    to.putNextEntry(new ZipEntry(entry.getName()));
                    to.write(bytes.get());
                    to.closeEntry();
                }
            }
        }
        return altered;
    }

    @Test
    void anOlderBackupLeavesWhatPluginsStoreAsItIs() throws Exception {
        Path old = altered((name, bytes) -> {
            if (name.equals("format")) {
                return Optional.of("dataprism-backup 1".getBytes(StandardCharsets.US_ASCII));
            }
            return name.startsWith("storage/") ? Optional.empty() : Optional.of(bytes);
        });
        ok("delete", "weather");
        CliRun restored = backup("restore", old);
        assertEquals(ExitCode.OK, restored.exitCode(), restored.err());
        assertTrue(restored.err().contains("What plugins store is as it was"), restored.err());
        assertEquals(
                List.of("ID KEYS BYTES", "notes 1 6"),
                ok("list").replaceAll(" +", " ").lines().map(String::strip).toList());
    }

    @Test
    void aBackupInWhichOnePluginsPartIsDamagedChangesNothing() throws Exception {
        Path damaged = altered((name, bytes) ->
                Optional.of(name.equals("storage/notes/store.db") ? Arrays.copyOf(bytes, bytes.length / 2) : bytes));
        ok("delete", "weather");
        CliRun refused = backup("restore", damaged);
        assertEquals(ExitCode.BAD_INPUT, refused.exitCode(), refused.err());
        assertTrue(
                refused.err().contains("error DP-0858: The backup " + damaged + " can't be restored"), refused.err());
        assertTrue(refused.err().contains("what plugin 'notes' stored is damaged in it"), refused.err());
        assertEquals(
                List.of("ID KEYS BYTES", "notes 1 6"),
                ok("list").replaceAll(" +", " ").lines().map(String::strip).toList());
        assertFalse(Files.exists(data().resolve("store-before-restore")));
    }

    @Test
    void whatClimbsOutOfABackupIsLeftInIt() throws Exception {
        Path climbing = altered((name, bytes) -> Optional.of(bytes));
        try (FileSystem zip = FileSystems.newFileSystem(climbing)) {
            Files.createDirectories(zip.getPath("storage/NOTES"));
            Files.writeString(zip.getPath("storage/NOTES/left"), "x");
            Files.createDirectories(zip.getPath("storage/notes/deep"));
            Files.writeString(zip.getPath("storage/notes/deep/left"), "x");
        }
        assertEquals(ExitCode.OK, backup("restore", climbing).exitCode());
        assertFalse(Files.exists(data().resolve("storage/NOTES")));
        assertFalse(Files.exists(data().resolve("storage/notes/deep")));
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
