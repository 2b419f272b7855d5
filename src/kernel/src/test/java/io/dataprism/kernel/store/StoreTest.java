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
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
    @TempDir
    Path folder;

    private Path data() {
        return folder.resolve("store");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<String> text(Store store, String table, String key) {
        return store.read(table, key).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    @Test
    void makesNothingBeforeSomethingIsWritten() {
        try (Store store = Store.open(data())) {
            assertEquals(Optional.empty(), store.read("words", "one"));
            assertTrue(store.scan("words", "").isEmpty());
            assertEquals(List.of(), store.verify());
            store.write(new Batch());
        }
        assertFalse(Files.exists(data()));
    }

    @Test
    void readsWhatWasWrittenAlsoWhenOpenedAgain() {
        try (Store store = Store.open(data())) {
            store.write(new Batch().put("words", "one", bytes("eins")).put("words", "", bytes("nothing")));
            store.write(new Batch().put("numbers", "one", bytes("1")).put("words", "two", new byte[0]));
            store.write(new Batch().put("words", "one", bytes("un")).remove("words", "three"));
        }
        try (Store store = Store.open(data())) {
            assertEquals(Optional.of("un"), text(store, "words", "one"));
            assertEquals(Optional.of("1"), text(store, "numbers", "one"));
            assertEquals(Optional.of(""), text(store, "words", "two"));
            assertEquals(Optional.of("nothing"), text(store, "words", ""));
            assertEquals(Optional.empty(), text(store, "word", "one"));
            store.write(new Batch().remove("words", "one"));
            assertEquals(Optional.empty(), text(store, "words", "one"));
            assertEquals(List.of(), store.verify());
        }
    }

    @Test
    void scansATableInTheOrderOfItsKeys() {
        try (Store store = Store.open(data())) {
            store.write(new Batch()
                    .put("words", "b", bytes("1"))
                    .put("words", "a/2", bytes("2"))
                    .put("words", "a/1", bytes("3"))
                    .put("word", "a/0", bytes("4"))
                    .put("wordsmith", "a/0", bytes("5")));
            assertEquals(
                    List.of("a/1", "a/2"), List.copyOf(store.scan("words", "a/").keySet()));
            assertEquals(
                    List.of("a/1", "a/2", "b"),
                    List.copyOf(store.scan("words", "").keySet()));
        }
    }

    @Test
    void theLastOfTwoChangesOfAKeyCounts() {
        try (Store store = Store.open(data())) {
            store.write(new Batch().put("words", "one", bytes("a")).remove("words", "one"));
            store.write(new Batch().remove("words", "two").put("words", "two", bytes("b")));
            assertEquals(Optional.empty(), text(store, "words", "one"));
            assertEquals(Optional.of("b"), text(store, "words", "two"));
        }
    }

    @Test
    void isBackedUpWhileItIsUsedAndRestored() {
        Path backup = folder.resolve("backup");
        try (Store store = Store.open(data())) {
            store.write(new Batch().put("words", "one", bytes("before")));
            store.backup(backup);
            store.write(new Batch().put("words", "one", bytes("after")).put("words", "two", bytes("after")));
        }
        Store.restore(backup, data());
        try (Store store = Store.open(data())) {
            assertEquals(List.of(), store.verify());
            assertEquals(Optional.of("before"), text(store, "words", "one"));
            assertEquals(Optional.empty(), text(store, "words", "two"));
            store.write(new Batch().put("words", "two", bytes("new")));
        }
    }

    @Test
    void staysSmallWhenTheSameIsWrittenOverAndOver() throws IOException {
        try (Store store = Store.open(data())) {
            for (int i = 0; i < 1_000; i++) {
                store.write(new Batch().put("words", "one", bytes("word " + i)));
            }
        }
        try (Store store = Store.open(data())) {
            assertEquals(Optional.of("word 999"), text(store, "words", "one"));
            assertEquals(List.of(), store.verify());
            for (String name : List.of("store-1.db", "store-2.db")) {
                long size = Files.size(data().resolve(name));
                assertTrue(size < 5 << 20, name + " has " + size + " bytes");
            }
        }
    }

    @Test
    void itsFilesAreForTheirOwnerAlone() throws IOException {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        try (Store store = Store.open(data())) {
            store.write(new Batch().put("words", "one", bytes("secret")));
        }
        for (String name : List.of("store-1.db", "store-2.db")) {
            assertEquals(
                    "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(data().resolve(name))));
        }
    }

    @Test
    void whatCanNotBeWrittenIsRefusedUntilItCan() throws IOException {
        Files.writeString(data(), "a file where the folder should be");
        try (Store store = Store.open(data())) {
            PluginException refused =
                    assertThrows(PluginException.class, () -> store.write(new Batch().put("words", "one", bytes("a"))));
            assertEquals("DP-0841", refused.code());
            assertEquals(Optional.empty(), text(store, "words", "one"));
            Files.delete(data());
            store.write(new Batch().put("words", "one", bytes("b")));
            assertEquals(Optional.of("b"), text(store, "words", "one"));
        }
    }

    @Test
    void isNotUsedOnceItIsClosed() {
        Store store = Store.open(data());
        store.close();
        assertEquals(
                "DP-0806",
                assertThrows(PluginException.class, () -> store.read("words", "one"))
                        .code());
    }

    @Test
    void tablesHaveWordsForNames() {
        assertThrows(IllegalArgumentException.class, () -> new Batch().put("a/b", "c", bytes("d")));
        assertThrows(IllegalArgumentException.class, () -> new Batch().put("", "c", bytes("d")));
    }
}
