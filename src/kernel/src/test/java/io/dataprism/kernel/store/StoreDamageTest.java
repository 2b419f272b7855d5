package io.dataprism.kernel.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.logging.LogLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes of the store's files turn, or the files are lost: nothing that was acknowledged is, and it is told. */
class StoreDamageTest {
    private static final int BATCHES = 12;
    private static final int SIZE = 60;

    @TempDir
    Path folder;

    private Path first;
    private Path second;

    @BeforeEach
    void fill() {
        first = folder.resolve("store-1.db");
        second = folder.resolve("store-2.db");
        try (Store store = Store.open(folder)) {
            for (int n = 1; n <= BATCHES; n++) {
                store.write(StoreWriter.batch(n, SIZE));
            }
        }
    }

    private Store whole(String when) {
        Store store = Store.open(folder);
        StoreWriter.requireWhole(store, BATCHES, SIZE, when);
        return store;
    }

    /** More with {@code -Ddataprism.test.flips=…}. */
    @Test
    void aTurnedByteAnywhereLosesNothingAndIsTold() throws IOException {
        byte[] one = Files.readAllBytes(first);
        byte[] two = Files.readAllBytes(second);
        int flips = Integer.getInteger("dataprism.test.flips", 400);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int told = 0;
        try (LogLines log = new LogLines(Store.class)) {
            for (int flip = 0; flip < flips; flip++) {
                Path file = random.nextBoolean() ? first : second;
                byte[] bytes = (file.equals(first) ? one : two).clone();
                int at = random.nextInt(bytes.length);
                bytes[at] ^= (byte) (1 + random.nextInt(255));
                Files.write(first, one);
                Files.write(second, two);
                Files.write(file, bytes);
                String when = "flip " + flip + " at " + at + " of " + file.getFileName() + ", seed " + seed;
                int before = log.seen().size();
                List<String> found;
                try (Store store = whole(when)) {
                    found = new ArrayList<>(store.verify());
                    assertEquals(List.of(), store.verify(), when + ": it is not mended");
                    assertDoesNotThrow(() -> store.write(StoreWriter.batch(BATCHES + 1, SIZE)), when);
                    StoreWriter.requireWhole(store, BATCHES + 1, SIZE, when);
                    // What only writing meets.
                    found.addAll(store.verify());
                }
                assertEquals(found.isEmpty(), log.seen().size() == before, when + ": found and told differ");
                if (found.isEmpty()) {
                    // What it turned means nothing: by itself, this copy would have answered the same.
                    Files.write(file, bytes);
                    try (StoreCopy alone = StoreCopy.open(file, StoreSizes.NODE)) {
                        assertEquals(BATCHES, alone.state().sequence(), when);
                        assertEquals(2 * BATCHES + 1, alone.state().count(), when);
                    }
                } else {
                    told++;
                }
            }
        }
        assertTrue(told > flips / 50, told + " of " + flips + " were told");
    }

    @Test
    void aTurnedByteInWhatIsKeptIsFoundWhileTheStoreIsOpen() throws IOException {
        try (Store store = whole("before")) {
            store.write(new Batch().put("words", "one", "a word that is found again".getBytes(StandardCharsets.UTF_8)));
            turn(first, "a word that is found again");
            List<String> found = store.verify();
            assertEquals(1, found.size(), found.toString());
            assertTrue(found.get(0).startsWith("store-1.db: "), found.toString());
            assertArrayEquals(
                    "a word that is found again".getBytes(StandardCharsets.UTF_8),
                    store.read("words", "one").orElseThrow());
            assertEquals(List.of(), store.verify());
            assertTrue(Files.exists(folder.resolve("store-1.db.damaged")), "it is kept to be looked at");
        }
    }

    /** The library reads past a header without the number of its pages, and fails where it counts them: once, on Java 25, a random byte found that. */
    @Test
    void whatTurnedThatOnlyAWriteMeetsIsMadeAnewAndTheWriteIsDone() throws IOException {
        int written = BATCHES;
        for (Path file : List.of(first, second)) {
            byte[] bytes = Files.readAllBytes(file);
            int header = lastHeader(bytes);
            int at = header + new String(bytes, header, 1024, StandardCharsets.ISO_8859_1).indexOf("pages:");
            bytes[at + 4] ^= 32;
            Files.write(file, bytes);
            try (Store store = Store.open(folder)) {
                assertEquals(List.of(), store.verify(), "it can be read");
                written++;
                store.write(StoreWriter.batch(written, SIZE));
                StoreWriter.requireWhole(store, written, SIZE, file.toString());
                String told = file.getFileName() + ": it can't be written to: ";
                assertTrue(store.verify().stream().anyMatch(found -> found.startsWith(told)), told);
                assertEquals(List.of(), store.verify());
            }
            assertTrue(Files.exists(folder.resolve(file.getFileName() + ".damaged")), "it is kept to be looked at");
        }
    }

    /** Where the newest part of the file begins: parts begin at whole blocks. */
    private static int lastHeader(byte[] bytes) {
        int block = 4096;
        int at = bytes.length / block * block - block;
        while (!new String(bytes, at, 6, StandardCharsets.ISO_8859_1).equals("chunk:")) {
            at -= block;
        }
        return at;
    }

    /** Turn a byte of the last place where {@code word} stands. */
    private static void turn(Path file, String word) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf(word);
        assertTrue(at > 0, "the word is not in the file");
        bytes[at + 3] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void aCopyThatIsGoneEmptyCutOrRubbishIsMadeAnew() throws IOException {
        byte[] whole = Files.readAllBytes(second);
        for (byte[] instead :
                List.of(new byte[0], new byte[100_000], new byte[] {1, 2, 3}, Arrays.copyOf(whole, whole.length / 2))) {
            Files.write(second, instead);
            try (Store store = whole(instead.length + " bytes")) {
                assertFalse(store.verify().isEmpty());
                assertEquals(List.of(), store.verify());
            }
        }
        Files.delete(first);
        try (Store store = whole("first gone")) {
            assertEquals(List.of("store-1.db: the file is missing"), store.verify());
        }
    }

    @Test
    void anOlderStateThatComesBackIsFound() throws IOException {
        byte[] old = Files.readAllBytes(first);
        try (Store store = whole("before")) {
            store.write(StoreWriter.batch(BATCHES + 1, SIZE));
            store.write(StoreWriter.batch(BATCHES + 2, SIZE));
        }
        Files.write(first, old);
        try (Store store = Store.open(folder)) {
            StoreWriter.requireWhole(store, BATCHES + 2, SIZE, "after");
            assertEquals(List.of("store-1.db: the last 2 batches are not in it"), store.verify());
        }
    }

    @Test
    void nothingIsAnsweredWhereBothAreDamaged() throws IOException {
        try (Store store = whole("before")) {
            store.write(new Batch().put("words", "one", "a word that is found again".getBytes(StandardCharsets.UTF_8)));
        }
        turn(first, "a word that is found again");
        turn(second, "a word that is found again");
        byte[] before = Files.readAllBytes(first);
        PluginException refused = assertThrows(PluginException.class, () -> Store.open(folder));
        assertEquals("DP-0840", refused.code());
        assertTrue(refused.getMessage().contains("store-1.db: "), refused.getMessage());
        assertTrue(refused.getMessage().contains("store-2.db: "), refused.getMessage());
        assertArrayEquals(before, Files.readAllBytes(first), "nothing is changed");
    }

    @Test
    void aDamagedBackupIsNotRestored() throws IOException {
        Path backup = folder.resolve("backup");
        try (Store store = whole("before")) {
            store.write(new Batch().put("words", "one", "a word that is found again".getBytes(StandardCharsets.UTF_8)));
            store.backup(backup);
        }
        turn(backup, "a word that is found again");
        PluginException refused = assertThrows(PluginException.class, () -> Store.restore(backup, folder));
        assertEquals("DP-0840", refused.code());
        whole("after").close();
    }
}
