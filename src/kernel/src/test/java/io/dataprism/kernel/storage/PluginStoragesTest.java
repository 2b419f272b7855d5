package io.dataprism.kernel.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginStoragesTest {
    private static final StorageLimits LIMITS = new StorageLimits(1 << 20, 1_000);
    private static final int MOST_OPEN = 4;
    private static final PluginId NOTES = new PluginId("notes");

    @TempDir
    Path folder;

    private ExecutorService threads = Executors.newFixedThreadPool(2);
    private boolean room = true;
    private PluginStorages storages;

    private PluginStorages open() {
        storages = new PluginStorages(folder.resolve("storage"), threads, () -> room, MOST_OPEN);
        return storages;
    }

    @AfterEach
    void close() {
        storages.close();
        threads.shutdown();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static void assertRefused(String code, Future<?> use) {
        Exception thrown = assertThrows(Exception.class, () -> await(use));
        assertEquals(
                code, assertInstanceOf(PluginException.class, thrown.getCause()).code());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Future<Boolean> put(StorageLease lease, String key, byte[] value) {
        return lease.change(new StorageChange(Map.of(), Map.of(key, Optional.of(value))), () -> {});
    }

    private static Future<Boolean> put(StorageLease lease, String key, String value) {
        return put(lease, key, bytes(value));
    }

    private static Future<Optional<String>> get(StorageLease lease, String key) {
        return lease.read(stored -> stored.value(key).map(value -> new String(value, StandardCharsets.UTF_8)));
    }

    @Test
    void pluginsWhoseNamesBeginAlikeAreApartAndKeysAreNoPaths() throws Exception {
        open();
        StorageLease one = storages.lend(new PluginId("a"), "1", LIMITS);
        StorageLease other = storages.lend(new PluginId("a-b"), "1", LIMITS);
        for (String key : List.of("../a-b/k", "/etc/x", "a/../..", "\0", "k\n", "values/k", "", "\u00e4", "e\u0301")) {
            if (!key.isEmpty()) {
                await(put(one, key, "of a"));
                assertEquals(Optional.empty(), await(get(other, key)), key);
                assertEquals(Optional.of("of a"), await(get(one, key)), key);
            }
        }
        assertEquals(Set.of(), await(other.read(stored -> stored.keys(""))));
        assertEquals(8, await(one.read(stored -> stored.keys(""))).size());
        assertEquals(Set.of("values/k"), await(one.read(stored -> stored.keys("values/"))));
        try (Stream<Path> all = Files.walk(folder)) {
            assertEquals(
                    List.of("", "storage", "storage/a", "storage/a/store-1.db", "storage/a/store-2.db"),
                    all.map(path -> folder.relativize(path).toString()).sorted().toList());
        }
    }

    @Test
    void isThereAfterARestart() throws Exception {
        open();
        await(put(storages.lend(NOTES, "1", LIMITS), "k", "kept"));
        storages.close();
        StorageLease again = open().lend(NOTES, "2", LIMITS);
        assertEquals(Optional.of("kept"), await(get(again, "k")));
        assertEquals(new StoredUsage(5, 1), await(storages.usage(NOTES)));
    }

    @Test
    void whatDoesNotFitChangesNothingAndWhoHasTooMuchMayRemove() throws Exception {
        StorageLease lease = open().lend(NOTES, "1", new StorageLimits(20, 3));
        await(put(lease, "a", "123456789"));
        assertRefused("DP-0891", put(lease, "b", "1234567890"));
        assertRefused(
                "DP-0891",
                lease.change(
                        new StorageChange(Map.of(), Map.of("a", Optional.empty(), "c", Optional.of(new byte[20]))),
                        () -> {}));
        assertEquals(new StoredUsage(10, 1), await(storages.usage(NOTES)));
        await(put(lease, "a", "now as much as there may be".substring(0, 19)));
        await(put(lease, "a", ""));
        await(put(lease, "b", ""));
        await(put(lease, "c", ""));
        assertRefused("DP-0891", put(lease, "d", ""));
        StorageLease narrower = storages.lend(NOTES, "1", new StorageLimits(2, 1));
        assertRefused("DP-0891", put(narrower, "d", ""));
        assertTrue(await(narrower.remove("a", () -> {})));
        assertFalse(await(narrower.remove("a", () -> {})));
        assertEquals(new StoredUsage(2, 2), await(storages.usage(NOTES)));
    }

    @Test
    void ofChangesAtTheSameTimeEachSeesTheOneBefore() throws Exception {
        StorageLease lease = open().lend(NOTES, "1", LIMITS);
        AtomicInteger made = new AtomicInteger();
        List<Thread> writers = new ArrayList<>();
        for (int writer = 0; writer < 4; writer++) {
            Thread thread = new Thread(() -> {
                for (int done = 0; done < 25; ) {
                    if (increment(lease)) {
                        done++;
                        made.incrementAndGet();
                    }
                }
            });
            thread.start();
            writers.add(thread);
        }
        for (Thread writer : writers) {
            writer.join(20_000);
        }
        assertEquals(100, made.get());
        assertEquals(Optional.of("100"), await(get(lease, "n")));
    }

    private static boolean increment(StorageLease lease) {
        try {
            Optional<String> before = await(get(lease, "n"));
            int next = before.map(Integer::parseInt).orElse(0) + 1;
            return await(lease.change(
                    new StorageChange(
                            Map.of("n", before.map(PluginStoragesTest::bytes)),
                            Map.of("n", Optional.of(bytes(String.valueOf(next))))),
                    () -> {}));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void changesThatWaitTogetherShareTheirFateOnTheDiskAndNoOther() throws Exception {
        StorageLease lease = open().lend(NOTES, "1", new StorageLimits(1 << 20, 4));
        CountDownLatch gate = new CountDownLatch(1);
        Future<Boolean> held = lease.change(new StorageChange(Map.of(), Map.of()), () -> waitFor(gate));
        Future<Boolean> first = put(lease, "a", "1");
        Future<Boolean> expects = lease.change(
                new StorageChange(Map.of("a", Optional.of(bytes("1"))), Map.of("b", Optional.of(bytes("2")))),
                () -> {});
        Future<Boolean> expectsOther = lease.change(
                new StorageChange(Map.of("a", Optional.empty()), Map.of("c", Optional.of(bytes("3")))), () -> {});
        Future<Boolean> refused = lease.change(
                new StorageChange(
                        Map.of(),
                        Map.of(
                                "d",
                                Optional.of(bytes("4")),
                                "e",
                                Optional.of(bytes("4")),
                                "f",
                                Optional.of(bytes("4")))),
                () -> {});
        Future<Optional<String>> seen = get(lease, "b");
        gate.countDown();
        assertTrue(await(held) && await(first) && await(expects));
        assertFalse(await(expectsOther));
        assertRefused("DP-0891", refused);
        assertEquals(Optional.of("2"), await(seen));
        assertEquals(Set.of("a", "b"), await(lease.read(stored -> stored.keys(""))));
    }

    private static void waitFor(CountDownLatch gate) {
        try {
            assertTrue(gate.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoWritesWithoutEndHasNoMoreThanItsTurn() throws Exception {
        // On two threads the others may take any number of turns while the system holds the one up that works for this
        // one.
        threads.shutdown();
        threads = Executors.newSingleThreadExecutor();
        open();
        List<StorageLease> greedy = List.of(
                storages.lend(new PluginId("g-one"), "1", LIMITS), storages.lend(new PluginId("g-two"), "1", LIMITS));
        AtomicInteger rounds = new AtomicInteger();
        greedy.forEach(lease -> goOn(lease, rounds));
        StorageLease modest = storages.lend(NOTES, "1", LIMITS);
        // Each waits for no more than a turn of each of the two. The next one is asked for where the last one is done:
        // how
        // long this test's own thread takes says nothing.
        int meanwhile = await(put(modest, "first", "v").compose(begun -> tenMore(modest, rounds)));
        greedy.forEach(StorageLease::end);
        assertTrue(meanwhile <= 10 * 2 * 200, meanwhile + " of others");
    }

    /** How many rounds of others ten changes after each other take. */
    private static Future<Integer> tenMore(StorageLease modest, AtomicInteger rounds) {
        int before = rounds.get();
        Future<?> all = Future.succeededFuture();
        for (int n = 0; n < 10; n++) {
            String key = "k" + n;
            all = all.compose(done -> put(modest, key, "v"));
        }
        return all.map(done -> rounds.get() - before);
    }

    private static void goOn(StorageLease lease, AtomicInteger rounds) {
        for (int waiting = 0; waiting < 500; waiting++) {
            again(lease, rounds);
        }
    }

    private static void again(StorageLease lease, AtomicInteger rounds) {
        put(lease, "k" + rounds.incrementAndGet() % 100, "v").onSuccess(done -> again(lease, rounds));
    }

    @Test
    void soManyWaitAndNoMore() throws Exception {
        StorageLease lease = open().lend(NOTES, "1", LIMITS);
        CountDownLatch gate = new CountDownLatch(1);
        Future<Boolean> held = lease.change(new StorageChange(Map.of(), Map.of()), () -> waitFor(gate));
        List<Future<Boolean>> all = new ArrayList<>();
        for (int n = 0; n < 1_010; n++) {
            all.add(put(lease, "k", "v"));
        }
        Future<StoredUsage> operator = storages.usage(NOTES);
        assertRefused("DP-0199", all.get(1_009));
        gate.countDown();
        await(held);
        assertTrue(await(all.get(0)));
        assertEquals(1, await(operator).keys());
    }

    @Test
    void moreStoragesThanAreOpenAtOnceAreAllThere() throws Exception {
        open();
        for (int n = 0; n < 12; n++) {
            await(put(storages.lend(new PluginId("p" + n), "1", LIMITS), "k", "of " + n));
        }
        for (int n = 0; n < 12; n += 3) {
            assertEquals(Optional.of("of " + n), await(get(storages.lend(new PluginId("p" + n), "1", LIMITS), "k")));
        }
        assertTrue(openFiles() <= 2 * (MOST_OPEN + 2), openFiles() + " files are open");
    }

    private long openFiles() throws IOException {
        Path own = Path.of("/proc/self/fd");
        if (!Files.isDirectory(own)) {
            return 0;
        }
        long open = 0;
        try (Stream<Path> all = Files.list(own)) {
            for (Path each : all.toList()) {
                try {
                    open += Files.readSymbolicLink(each).startsWith(folder.toRealPath()) ? 1 : 0;
                } catch (java.nio.file.NoSuchFileException closedMeanwhile) {
                    open += 0;
                }
            }
        }
        return open;
    }

    @Test
    void garbageIsBoundedByWhatIsStored() throws Exception {
        StorageLease lease = open().lend(NOTES, "1", LIMITS);
        byte[] value = new byte[200_000];
        Random random = new Random(1);
        long most = 0;
        for (int n = 0; n < 40; n++) {
            random.nextBytes(value);
            await(put(lease, "k", value.clone()));
            most = Math.max(most, size());
        }
        assertArrayEquals(value, await(lease.read(stored -> stored.value("k"))).orElseThrow());
        assertTrue(most < 2 * 5 * (1 << 20), most + " bytes for " + value.length);
    }

    private long size() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.mapToLong(path -> path.toFile().length()).sum();
        }
    }

    @Test
    void whatIsLeftOfTheDiskIsForTheNode() throws Exception {
        StorageLease lease = open().lend(NOTES, "1", LIMITS);
        await(put(lease, "a", "1"));
        await(put(lease, "b", "1"));
        room = false;
        assertRefused("DP-0893", put(lease, "c", "1"));
        assertTrue(await(lease.remove("a", () -> {})));
        room = true;
        await(put(lease, "c", "1"));
        assertEquals(Set.of("b", "c"), await(lease.read(stored -> stored.keys(""))));
    }

    @Test
    void aDiskThatRefusesTakesNothingAndThenGoesOn() throws Exception {
        open();
        Path place = folder.resolve("storage").resolve("notes");
        Files.createDirectories(place.getParent());
        Files.writeString(place, "a file where the folder should be");
        StorageLease lease = storages.lend(NOTES, "1", LIMITS);
        assertRefused("DP-0892", put(lease, "a", "1"));
        Files.delete(place);
        await(put(lease, "b", "1"));
        assertEquals(Set.of("b"), await(lease.read(stored -> stored.keys(""))));
        assertEquals(new StoredUsage(2, 1), await(storages.usage(NOTES)));
    }

    @Test
    void damageInBothFilesIsToldAndChangesNothing() throws Exception {
        open();
        await(put(storages.lend(NOTES, "1", LIMITS), "a", "1"));
        storages.close();
        Path place = folder.resolve("storage").resolve("notes");
        for (String name : List.of("store-1.db", "store-2.db")) {
            byte[] file = Files.readAllBytes(place.resolve(name));
            Arrays.fill(file, file.length / 4, file.length, (byte) 7);
            Files.write(place.resolve(name), file);
        }
        StorageLease lease = open().lend(NOTES, "1", LIMITS);
        assertRefused("DP-0897", get(lease, "a"));
        assertRefused("DP-0897", put(lease, "a", "2"));
        await(storages.delete(NOTES));
        assertEquals(Optional.empty(), await(get(lease, "a")));
        await(put(lease, "a", "3"));
        assertEquals(Optional.of("3"), await(get(lease, "a")));
    }

    @Test
    void whatARemovedPluginLeftIsForItsOwnArtifactsUntilTheOperatorSaysSo() throws Exception {
        open();
        StorageLease first = storages.lend(NOTES, "hash-of-1", LIMITS);
        await(put(first, "secret", "of the first"));
        first.end();
        await(storages.left(NOTES, List.of("hash-of-1", "hash-of-2")));
        assertEquals(Map.of(NOTES, true), storages.stored());
        StorageLease another = storages.lend(NOTES, "hash-of-3", LIMITS);
        assertRefused("DP-0894", get(another, "secret"));
        assertRefused("DP-0894", put(another, "secret", "overwritten"));
        assertRefused("DP-0894", another.remove("secret", () -> {}));
        another.end();
        await(storages.left(NOTES, List.of("hash-of-3")));
        StorageLease persistent = storages.lend(NOTES, "hash-of-3", LIMITS);
        assertRefused("DP-0894", get(persistent, "secret"));
        persistent.end();
        StorageLease back = storages.lend(NOTES, "hash-of-2", LIMITS);
        assertEquals(Optional.of("of the first"), await(get(back, "secret")));
        back.end();
        await(storages.left(NOTES, List.of("hash-of-2")));
        StorageLease later = storages.lend(NOTES, "hash-of-3", LIMITS);
        assertRefused("DP-0894", get(later, "secret"));
        await(storages.keep(NOTES));
        assertEquals(Optional.of("of the first"), await(get(later, "secret")));
    }

    @Test
    void whatStillWaitedWhenThePluginWasRemovedIsMarkedAsItsOwnToo() throws Exception {
        open();
        for (String artifact : List.of("first", "first", "another")) {
            StorageLease lease = storages.lend(NOTES, artifact, LIMITS);
            CountDownLatch gate = new CountDownLatch(1);
            Future<Boolean> held = storages.lend(NOTES, "none", LIMITS)
                    .change(new StorageChange(Map.of(), Map.of()), () -> waitFor(gate));
            Future<Boolean> waiting = put(lease, "secret", "of the " + artifact);
            Future<Void> ended = lease.end();
            Future<Void> left = storages.left(NOTES, List.of(artifact));
            boolean both = !ended.isComplete() && !left.isComplete();
            gate.countDown();
            assertTrue(both, "the end and the mark wait for what was begun");
            await(ended);
            assertTrue(waiting.isComplete());
            await(left);
            assertEquals(Map.of(NOTES, true), storages.stored(), artifact);
            assertTrue(held.isComplete());
        }
        assertEquals(Optional.of("of the first"), await(get(storages.lend(NOTES, "first", LIMITS), "secret")));
    }

    @Test
    void whoFailsWhenToldKeepsNobodyFromTheStorage() throws Exception {
        open();
        StorageLease lease = storages.lend(NOTES, "1", LIMITS);
        lease.listen(keys -> {
            throw new AssertionError("the listener's own");
        });
        assertTrue(await(put(lease, "a", "1")));
        assertTrue(await(put(lease, "b", "2")));
        Future<StoredUsage> first = storages.usage(NOTES);
        assertEquals(2, await(first).keys());
        await(storages.delete(NOTES));
    }

    @Test
    void whoEndedTakesNothingMoreButWhatWasBegunIsDone() throws Exception {
        open();
        StorageLease lease = storages.lend(NOTES, "1", LIMITS);
        Future<Boolean> begun = put(lease, "a", "1");
        lease.end();
        Future<Void> deleted = storages.delete(NOTES);
        assertRefused("DP-0191", put(lease, "b", "1"));
        assertTrue(await(begun));
        await(deleted);
        assertFalse(Files.exists(folder.resolve("storage").resolve("notes")));
        assertRefused("DP-0895", storages.delete(NOTES));
        assertRefused("DP-0895", storages.export(NOTES, folder.resolve("out")));
    }

    @Test
    void exportsEverythingInOneFileThatIsNeverThereInPart() throws Exception {
        open();
        StorageLease lease = storages.lend(NOTES, "1", LIMITS);
        await(put(lease, "b", "2"));
        await(put(lease, "a\n", new byte[] {0, -1}));
        Path file = folder.resolve("notes.jsonl");
        assertEquals(new StoredUsage(6, 2), await(storages.export(NOTES, file)));
        List<String> lines = Files.readAllLines(file);
        assertEquals(
                new JsonObject().put("format", "dataprism-storage 1").put("plugin", "notes"),
                new JsonObject(lines.get(0)));
        assertEquals(new JsonObject().put("key", "a\n").put("value", "AP8="), new JsonObject(lines.get(1)));
        assertEquals(new JsonObject().put("key", "b").put("value", "Mg=="), new JsonObject(lines.get(2)));
        assertEquals(3, lines.size());
        assertRefused("DP-0896", storages.export(NOTES, file));
        assertRefused("DP-0896", storages.export(NOTES, folder.resolve("none").resolve("x")));
        assertEquals(lines, Files.readAllLines(file));
    }

    @Test
    void anExportLeavesAllElseAsItWas() throws Exception {
        open();
        await(put(storages.lend(NOTES, "1", LIMITS), "k", "v"));
        Path place = Files.createDirectory(folder.resolve("exports"));
        Path own = Files.writeString(place.resolve("notes.part"), "somebody's");
        await(storages.export(NOTES, place.resolve("notes")));
        assertEquals("somebody's", Files.readString(own));
        // Not there when it is looked for, and in the way when it is put there: as what came in between.
        Path late = Files.createSymbolicLink(place.resolve("late"), place.resolve("nothing"));
        assertRefused("DP-0896", storages.export(NOTES, late));
        assertTrue(Files.isSymbolicLink(late));
        try (Stream<Path> all = Files.list(place)) {
            assertEquals(
                    List.of("late", "notes", "notes.part"),
                    all.map(path -> String.valueOf(path.getFileName())).sorted().toList());
        }
    }

    @Test
    void whoRunsIsToldWhatWasChangedAndDeleted() throws Exception {
        open();
        StorageLease lease = storages.lend(NOTES, "1", LIMITS);
        List<Set<String>> told = new java.util.concurrent.CopyOnWriteArrayList<>();
        lease.listen(told::add);
        await(put(lease, "a", "1"));
        assertFalse(await(lease.remove("none", () -> {})));
        await(storages.delete(NOTES));
        await(storages.usage(NOTES));
        assertEquals(List.of(Set.of("a"), Set.of("a")), told);
    }
}
