package io.dataprism.kernel.context;

import static io.dataprism.kernel.context.ContextFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PermissionDeniedException;
import io.dataprism.api.PluginException;
import io.dataprism.api.Storage;
import io.dataprism.api.Storage.Change;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptStorageTest {
    @TempDir
    Path root;

    private ContextFixture node;
    private Storage storage;

    @BeforeEach
    void open() throws Exception {
        node = new ContextFixture(root.toRealPath());
        storage = node.context.storage();
    }

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    private static Buffer text(String value) {
        return Buffer.buffer(value);
    }

    private void assertRefused(String code, Future<?> use) {
        assertEquals(code, assertThrows(PluginException.class, () -> await(use)).code());
    }

    @Test
    void isDeniedUnlessGrantedAndLeavesNothingOnTheDisk() throws Exception {
        PermissionDeniedException denied =
                assertThrows(PermissionDeniedException.class, () -> await(storage.put("k", text("v"))));
        assertEquals("storage-access", denied.permission());
        for (Future<?> use : List.of(
                storage.get("k"),
                storage.remove("k"),
                storage.keys(""),
                storage.usage(),
                storage.apply(new Change(Map.of(), Map.of(), Set.of())),
                storage.watch("", key -> {}))) {
            assertThrows(PermissionDeniedException.class, () -> await(use));
        }
        assertFalse(Files.exists(root.resolve(".storage")));
    }

    @Test
    void readsWhatItWrote() throws Exception {
        node.may("storage-access");
        assertEquals(Optional.empty(), await(storage.get("k")));
        await(storage.put("k", text("v")));
        await(storage.put("other", Buffer.buffer()));
        assertEquals(Optional.of(text("v")), await(storage.get("k")));
        assertEquals(Optional.of(Buffer.buffer()), await(storage.get("other")));
        assertEquals(Set.of("k", "other"), await(storage.keys("")));
        assertEquals(Set.of("other"), await(storage.keys("o")));
        assertEquals(new Storage.Usage(7, 20_000), await(storage.usage()));
        assertTrue(await(storage.remove("k")));
        assertFalse(await(storage.remove("k")));
        boolean inSlice = node.run(
                () -> storage.get("k").map(done -> node.deployment.mailbox().inSlice()));
        assertTrue(inSlice);
        assertEquals(0, node.runtime.memory().used());
    }

    @Test
    void changesAllOrNothingAndOnlyWhereNothingChangedInBetween() throws Exception {
        node.may("storage-access");
        Change transfer = new Change(
                Map.of("from", Optional.of(text("10")), "to", Optional.empty()),
                Map.of("from", text("7"), "to", text("3")),
                Set.of("note"));
        await(storage.put("from", text("10")));
        await(storage.put("note", text("x")));
        assertTrue(await(storage.apply(transfer)));
        assertEquals(Set.of("from", "to"), await(storage.keys("")));
        assertFalse(await(storage.apply(transfer)));
        assertEquals(Optional.of(text("7")), await(storage.get("from")));
        assertRefused("DP-0891", storage.apply(new Change(Map.of(), Map.of("big", filled(20_000)), Set.of("from"))));
        assertEquals(Optional.of(text("7")), await(storage.get("from")));
    }

    private static Buffer filled(int length) {
        return Buffer.buffer(new byte[length]);
    }

    @Test
    void refusesWhatIsNoKeyNoValueOrNoChange() {
        node.may("storage-access");
        assertRefused("DP-0890", storage.get(""));
        assertRefused("DP-0890", storage.put("x".repeat(513), text("v")));
        assertRefused("DP-0890", storage.put("half \ud800 a character", text("v")));
        assertRefused("DP-0890", storage.put("k", filled(1024 * 1024 + 1)));
        assertRefused("DP-0890", storage.apply(new Change(Map.of(), Map.of("k", text("v")), Set.of("k"))));
        Map<String, Buffer> many = new HashMap<>();
        for (int n = 0; n < 1_001; n++) {
            many.put("k" + n, text(""));
        }
        assertRefused("DP-0890", storage.apply(new Change(Map.of(), many, Set.of())));
        assertEquals(0, node.runtime.memory().used());
    }

    /** A buffer of the plugin's own that says one length, has another, and keeps the array that it hands out. */
    private static Buffer lying(int says, byte[] has) {
        return (Buffer) Proxy.newProxyInstance(
                Buffer.class.getClassLoader(),
                new Class<?>[] {Buffer.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "length" -> says;
                    case "getBytes" -> has;
                    case "hashCode" -> 1;
                    case "equals" -> proxy == arguments[0];
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    /** A buffer of the plugin's own that has no bytes when it is asked for them. */
    private static Buffer throwing(Throwable thrown) {
        return (Buffer) Proxy.newProxyInstance(
                Buffer.class.getClassLoader(), new Class<?>[] {Buffer.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "length":
                            return 1;
                        case "hashCode":
                            return 1;
                        default:
                            throw thrown;
                    }
                });
    }

    /** A value that can be copied comes before the one that can't. */
    private Future<Boolean> applyThrowing(Throwable thrown) {
        return storage.apply(
                new Change(Map.of("good", Optional.of(text("copied"))), Map.of("bad", throwing(thrown)), Set.of()));
    }

    @Test
    void whatThrowsInsteadOfGivingIsAnsweredAndLeavesNothingOnTheAccount() throws Exception {
        node.may("storage-access");
        assertThrows(
                ArithmeticException.class, () -> await(applyThrowing(new ArithmeticException("the plugin's own"))));
        assertThrows(AssertionError.class, () -> applyThrowing(new AssertionError("the plugin's own")));
        List<Future<?>> nothing = List.of(
                storage.get(null),
                storage.put(null, text("v")),
                storage.put("k", null),
                storage.remove(null),
                storage.apply(null));
        for (Future<?> use : nothing) {
            assertThrows(NullPointerException.class, () -> await(use));
        }
        assertEquals(0, node.runtime.memory().used());
        assertFalse(node.context.isWorking());
    }

    @Test
    void aPrefixThatIsNoneIsRefusedAndTheStorageIsUsedAsBefore() throws Exception {
        node.may("storage-access");
        assertThrows(NullPointerException.class, () -> await(storage.watch(null, key -> {})));
        assertThrows(NullPointerException.class, () -> await(storage.watch("", null)));
        assertThrows(NullPointerException.class, () -> await(storage.keys(null)));
        await(storage.put("k", text("v")));
        assertEquals(Optional.of(text("v")), await(storage.get("k")));
        await(node.storages.delete(node.id));
    }

    @Test
    void keysThatWaitAreOnItsAccountToo() throws Exception {
        node.may("storage-access");
        String longest = "k".repeat(511);
        CountDownLatch gate = new CountDownLatch(1);
        holdStoring(gate);
        List<Future<?>> waiting = new ArrayList<>();
        waiting.add(storage.remove(longest + 1));
        waiting.add(storage.get(longest + 2));
        waiting.add(storage.keys(longest));
        waiting.add(storage.apply(new Change(
                Map.of(longest + 3, Optional.empty()),
                Map.of(longest + 3, Buffer.buffer()),
                Set.of(longest + 4, longest + 5))));
        long used = node.runtime.memory().used();
        gate.countDown();
        assertTrue(used >= 7 * 2 * 512, used + " bytes");
        for (Future<?> use : waiting) {
            await(use);
        }
        assertEquals(0, node.runtime.memory().used());
    }

    @Test
    void theEndOfThePluginWaitsForWhatWasBegun() throws Exception {
        node.may("storage-access");
        assertFalse(node.context.isWorking());
        CountDownLatch gate = new CountDownLatch(1);
        holdStoring(gate);
        Future<Void> put = storage.put("k", text("v"));
        assertTrue(node.context.isWorking());
        Future<Void> closed = node.context.close();
        Future<Void> left = node.storages.left(node.id, List.of("a"));
        boolean waits = !closed.isComplete() && !left.isComplete();
        gate.countDown();
        assertTrue(waits);
        await(closed);
        await(put);
        await(left);
        assertEquals(Map.of(node.id, true), node.storages.stored());
        Awaitility.await().until(() -> !node.context.isWorking());
        assertEquals(0, node.runtime.memory().used());
    }

    @Test
    void whatThePluginGaveIsCopiedWhereItGaveIt() throws Exception {
        node.may("storage-access");
        byte[] own = {1, 2, 3};
        Future<Void> put = storage.put("k", lying(1, own));
        own[0] = 9;
        await(put);
        assertEquals(Optional.of(Buffer.buffer(new byte[] {1, 2, 3})), await(storage.get("k")));
        assertRefused("DP-0890", storage.put("k", lying(1, new byte[1024 * 1024 + 1])));
        assertRefused("DP-0890", storage.put("k", lying(Integer.MAX_VALUE, new byte[1])));
        Buffer read = await(storage.get("k")).orElseThrow().setByte(0, (byte) 7);
        assertEquals(7, read.getByte(0));
        assertEquals(1, await(storage.get("k")).orElseThrow().getByte(0));
    }

    @Test
    void whatIsUnderWayIsOnItsAccountAndNoMoreThanThatHolds() throws Exception {
        node.may("storage-access");
        List<Future<Void>> all = new ArrayList<>();
        for (int n = 0; n < 10; n++) {
            all.add(node.run(() -> Future.succeededFuture(storage.put("k", filled(15_000)))));
        }
        assertRefused("DP-0601", storage.put("k", filled(70_000)));
        assertTrue(Future.join(all)
                .transform(end -> Future.succeededFuture(all.stream().anyMatch(Future::succeeded)))
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS));
        Awaitility.await().until(() -> node.runtime.memory().used() == 0);
    }

    @Test
    void watchesAreToldInSlicesOfKeysAsTheyChange() throws Exception {
        node.may("storage-access");
        List<String> told = new CopyOnWriteArrayList<>();
        List<Boolean> inSlice = new CopyOnWriteArrayList<>();
        Storage.Watch watch = await(storage.watch("a", key -> {
            told.add(key);
            inSlice.add(node.deployment.mailbox().inSlice());
            if (key.equals("a2")) {
                throw new IllegalStateException("the plugin's own");
            }
        }));
        await(storage.put("a1", text("1")));
        await(storage.put("b1", text("1")));
        await(storage.apply(new Change(Map.of(), Map.of("a2", text("2")), Set.of("a1"))));
        await(storage.remove("a2"));
        Awaitility.await().until(() -> told.size() >= 4);
        assertEquals(List.of("a1", "a2"), told.stream().distinct().sorted().toList());
        assertFalse(inSlice.contains(false));
        await(watch.cancel());
        int before = told.size();
        await(storage.put("a3", text("3")));
        await(storage.get("a3"));
        assertEquals(before, told.size());
    }

    @Test
    void whatIsRevokedMeanwhileIsRefusedWhenItsTurnComes() throws Exception {
        node.may("storage-access");
        List<String> told = new CopyOnWriteArrayList<>();
        await(storage.watch("", told::add));
        CountDownLatch gate = new CountDownLatch(1);
        holdStoring(gate);
        Future<Void> waiting = storage.put("k", text("v"));
        node.grants.revoke(node.id, "storage-access");
        gate.countDown();
        assertThrows(PermissionDeniedException.class, () -> await(waiting));
        assertEquals(0, await(node.storages.usage(node.id)).keys());
        assertEquals(List.of(), told);
    }

    private void holdStoring(CountDownLatch gate) {
        for (int thread = 0; thread < 2; thread++) {
            node.storing.execute(() -> waitFor(gate));
        }
    }

    private static void waitFor(CountDownLatch gate) {
        try {
            assertTrue(gate.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theEndOfThePluginIsTheEndOfItsUse() throws Exception {
        node.may("storage-access");
        await(storage.put("k", text("v")));
        node.context.close();
        assertRefused("DP-0191", storage.put("k", text("w")));
        assertRefused("DP-0191", storage.get("k"));
        assertEquals(
                "DP-0191",
                assertThrows(PluginException.class, () -> node.context.storage())
                        .code());
        assertEquals(1, await(node.storages.usage(node.id)).keys());
    }
}
