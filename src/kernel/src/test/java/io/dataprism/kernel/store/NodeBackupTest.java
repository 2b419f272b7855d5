package io.dataprism.kernel.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A restore that ends in between. The node and the plugin {@code p} had "old", the backup has "new". */
class NodeBackupTest {
    private static final String AUDIT = "audit-000000000000000001.jsonl";

    @TempDir
    Path folder;

    private Path data;
    private Path backup;

    private static void write(Path store, String text) {
        try (Store open = Store.open(store)) {
            open.write(new Batch().put("words", "one", text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static Optional<String> read(Path store) {
        try (Store open = Store.open(store)) {
            return open.read("words", "one").map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        }
    }

    @BeforeEach
    void make() throws IOException {
        data = folder.resolve("data");
        backup = folder.resolve("node.backup");
        write(folder.resolve("new"), "new");
        Path audit = Files.createDirectory(folder.resolve("audit"));
        Files.writeString(audit.resolve(AUDIT), "a line\n");
        try (Store store = Store.open(folder.resolve("new"))) {
            NodeBackup.write(backup, store, audit, storages -> {
                Path plugin = storages.resolve("p");
                assertTrue(plugin.toFile().mkdirs());
                store.backup(plugin.resolve(NodeBackup.STORE));
            });
        }
        DataFolder.open(data).close();
        write(data.resolve("store"), "old");
        write(data.resolve("storage/p"), "old");
    }

    private NodeBackup.Restored restore(Path from) throws IOException {
        try (DataFolder open = DataFolder.openToRestore(data)) {
            return NodeBackup.restore(from, open);
        }
    }

    private void assertNothingIsLost() throws IOException {
        assertEquals(Optional.of("new"), read(data.resolve("store")));
        assertEquals(Optional.of("new"), read(data.resolve("storage/p")));
        Path kept = data.resolve("store-before-restore");
        assertEquals(Optional.of("old"), read(kept));
        assertEquals(Optional.of("old"), read(kept.resolve("storage/p")));
        assertEquals("a line\n", Files.readString(data.resolve("audit").resolve(AUDIT)));
        DataFolder.open(data).close();
    }

    private void assertNoNodeStarts() {
        PluginException refused = assertThrows(PluginException.class, () -> DataFolder.open(data));
        assertEquals("DP-0962", refused.code());
        assertTrue(refused.getMessage().contains("Say  store restore  again"), refused.getMessage());
    }

    /** What was there is kept in the place of an earlier restore's. */
    @Test
    void eachRestoreKeepsWhatWasThere() throws Exception {
        restore(backup);
        assertNothingIsLost();
        restore(backup);
        assertEquals(Optional.of("new"), read(data.resolve("store-before-restore")));
        assertEquals(Optional.of("new"), read(data.resolve("store-before-restore/storage/p")));
    }

    /** It fails since something stands in its way, with all that it did before that on the disk. */
    @Test
    void oneThatFailsAtTheStoreIsDoneAgain() throws Exception {
        Path inTheWay = data.resolve("store/store-1.db");
        Files.delete(inTheWay);
        Files.createDirectories(inTheWay.resolve("full"));
        for (int i = 0; i < 2; i++) {
            assertThrows(PluginException.class, () -> restore(backup));
            assertNoNodeStarts();
        }
        Folders.delete(inTheWay);
        restore(backup);
        assertNothingIsLost();
    }

    @Test
    void oneThatFailsAtTheAuditLogIsDoneAgain() throws Exception {
        Path inTheWay = Files.createFile(data.resolve("audit"));
        for (int i = 0; i < 2; i++) {
            assertThrows(PluginException.class, () -> restore(backup));
            assertNoNodeStarts();
        }
        Files.delete(inTheWay);
        assertTrue(restore(backup).audit());
        assertNothingIsLost();
    }

    /** The steps after which it is killed, in their order. */
    enum Step {
        KEPT,
        MARKED,
        MOVED_AWAY,
        PUT_BACK,
        STORE,
        AUDIT
    }

    private void killedAfter(Step step) throws IOException {
        Path kept = Files.createDirectory(data.resolve("store-before-restore"));
        for (String name : List.of("store-1.db", "store-2.db")) {
            Files.copy(data.resolve("store").resolve(name), kept.resolve(name));
        }
        if (step.compareTo(Step.MARKED) >= 0) {
            Files.writeString(data.resolve("restoring"), "no audit log\n");
        }
        if (step.compareTo(Step.MOVED_AWAY) >= 0) {
            Files.move(data.resolve("storage"), kept.resolve("storage"));
        }
        if (step.compareTo(Step.PUT_BACK) >= 0) {
            write(data.resolve("storage/p"), "of another backup");
        }
        if (step.compareTo(Step.STORE) >= 0) {
            write(data.resolve("store"), "of another backup");
        }
        if (step.compareTo(Step.AUDIT) >= 0) {
            Files.createDirectory(data.resolve("audit"));
            Files.writeString(data.resolve("audit").resolve(AUDIT), "another line\n");
        }
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void oneThatIsKilledIsDoneAgain(Step step) throws Exception {
        killedAfter(step);
        if (step != Step.KEPT) {
            assertNoNodeStarts();
        }
        assertTrue(restore(backup).audit());
        assertNothingIsLost();
    }

    /** The second one has nothing of what plugins store, and so leaves that as it was before the first. */
    @ParameterizedTest
    @EnumSource(Step.class)
    void anOlderBackupAfterOneThatIsKilledLeavesWhatPluginsStoreAsItWas(Step step) throws Exception {
        killedAfter(step);
        Path old = folder.resolve("old.backup");
        Path copy = folder.resolve("copy");
        try (Store store = Store.open(folder.resolve("new"))) {
            store.backup(copy);
        }
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(old))) {
            zip.putNextEntry(new ZipEntry("format"));
            zip.write("dataprism-backup 1".getBytes(StandardCharsets.US_ASCII));
            zip.putNextEntry(new ZipEntry(NodeBackup.STORE));
            Files.copy(copy, zip);
        }
        assertFalse(restore(old).storage());
        assertEquals(Optional.of("new"), read(data.resolve("store")));
        assertEquals(Optional.of("old"), read(data.resolve("storage/p")));
        assertEquals(Optional.of("old"), read(data.resolve("store-before-restore")));
        DataFolder.open(data).close();
    }

    /** Nothing was stored by plugins: what the first restore put there is not what was there before. */
    @Test
    void whereNothingWasStoredNothingIsKept() throws Exception {
        Folders.delete(data.resolve("storage"));
        Files.createFile(data.resolve("audit"));
        assertThrows(PluginException.class, () -> restore(backup));
        Files.delete(data.resolve("audit"));
        restore(backup);
        assertEquals(Optional.of("new"), read(data.resolve("storage/p")));
        assertFalse(Files.exists(data.resolve("store-before-restore/storage/p")));
    }

    /** A backup that is damaged, named after one that was killed, changes nothing either. */
    @Test
    void whatIsKeptOutlivesADamagedBackup() throws Exception {
        killedAfter(Step.PUT_BACK);
        Path damaged = Files.write(folder.resolve("damaged"), new byte[100]);
        assertThrows(PluginException.class, () -> restore(damaged));
        assertNoNodeStarts();
        restore(backup);
        assertNothingIsLost();
    }
}
