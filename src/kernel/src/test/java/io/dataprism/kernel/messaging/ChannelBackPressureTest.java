package io.dataprism.kernel.messaging;

import static io.dataprism.kernel.messaging.Node.await;
import static io.dataprism.kernel.messaging.Node.next;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dataprism.api.CallException;
import io.dataprism.api.CallOptions;
import io.dataprism.api.Channel;
import io.dataprism.api.FailureKind;
import io.dataprism.api.Publication;
import io.dataprism.api.SubscribeOptions;
import io.dataprism.api.Subscription;
import io.dataprism.api.WhenFull;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a member of a channel chose for its full mailbox holds, as for a subscription. */
class ChannelBackPressureTest {
    private static final int ROOM = Node.SMALL.mailbox().messages();

    private final Node node = new Node();
    private final BlockingQueue<Object> got = new LinkedBlockingQueue<>();
    private Node.Plugin sender;
    private Node.Plugin slow;
    private Channel out;
    private Channel in;

    @BeforeEach
    void join() throws Exception {
        sender = node.plugin("sender", "channel").serve();
        slow = node.plugin("slow", "channel").serve();
        out = sender.run(() -> sender.endpoint.channels().create("talk", Set.of("slow")));
        in = slow.run(() -> slow.endpoint.channels().join("talk"));
    }

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    private Subscription listen(SubscribeOptions options) throws Exception {
        Subscription subscription = in.onMessage(options, message -> {
            got.add(message.message());
            return null;
        });
        slow.run(() -> slow.deployment.succeeded(null));
        return subscription;
    }

    private Future<Void> send(int body) {
        return sender.start(() -> out.send("slow", body));
    }

    private List<Object> bodies(int count) throws Exception {
        List<Object> bodies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            bodies.add(next(got));
        }
        return bodies;
    }

    private static List<Object> from(int first, int count) {
        return new ArrayList<>(IntStream.range(first, first + count).boxed().toList());
    }

    @Test
    void nothingSaidRefusesAndTheSenderIsTold() throws Exception {
        listen(SubscribeOptions.DEFAULT);
        Runnable release = slow.block();
        for (int i = 0; i < ROOM; i++) {
            await(send(i));
        }
        CallException full = assertThrows(CallException.class, () -> await(send(ROOM)));
        assertEquals(FailureKind.BUSY, full.kind());
        release.run();
        assertEquals(from(0, ROOM), bodies(ROOM));
    }

    @Test
    void aHeldSendersFutureWaitsUntilItsMessageWasTaken() throws Exception {
        listen(SubscribeOptions.whenFull(WhenFull.HOLD));
        Runnable release = slow.block();
        List<Future<Void>> sent = new ArrayList<>();
        for (int i = 0; i < ROOM + 5; i++) {
            sent.add(send(i));
        }
        Future<Publication> broadcast = sender.start(() -> out.broadcast(ROOM + 5));
        await(sent.get(ROOM - 1));
        sender.run(() -> sender.deployment.succeeded(null));
        sent.subList(ROOM, ROOM + 5).forEach(held -> assertFalse(held.isComplete()));
        assertFalse(broadcast.isComplete());
        release.run();
        for (Future<Void> one : sent) {
            await(one);
        }
        assertEquals(new Publication(1, List.of()), await(broadcast));
        assertEquals(from(0, ROOM + 6), bodies(ROOM + 6));
    }

    @Test
    void holdingIsBoundedAndARequestIsRefusedMeanwhile() throws Exception {
        listen(new SubscribeOptions(WhenFull.HOLD, 3));
        Runnable release = slow.block();
        List<Future<Void>> sent = new ArrayList<>();
        for (int i = 0; i < ROOM + 3; i++) {
            sent.add(send(i));
        }
        assertEquals(
                FailureKind.BUSY,
                assertThrows(CallException.class, () -> await(send(-1))).kind());
        assertEquals(
                FailureKind.BUSY,
                assertThrows(CallException.class, () -> sender.run(() -> out.request("slow", -2, CallOptions.DEFAULT)))
                        .kind());
        release.run();
        assertEquals(from(0, ROOM + 3), bodies(ROOM + 3));
    }

    @Test
    void onlyTheLatestWaits() throws Exception {
        Subscription subscription = listen(SubscribeOptions.whenFull(WhenFull.KEEP_LATEST));
        Runnable release = slow.block();
        for (int i = 0; i < ROOM + 10; i++) {
            await(send(i));
        }
        assertEquals(9, subscription.dropped());
        release.run();
        assertEquals(from(0, ROOM), bodies(ROOM));
        assertEquals(ROOM + 9, next(got));
    }

    @Test
    void theOldestOfThoseThatWaitIsDroppedAndOptionsSaidLaterHold() throws Exception {
        Subscription first = listen(new SubscribeOptions(WhenFull.DROP_OLDEST, 3));
        Runnable release = slow.block();
        for (int i = 0; i < ROOM + 10; i++) {
            await(send(i));
        }
        assertEquals(7, first.dropped());
        in.onMessage(SubscribeOptions.DEFAULT, message -> null);
        assertEquals(
                FailureKind.BUSY,
                assertThrows(CallException.class, () -> await(send(-1))).kind());
        assertEquals(7, first.dropped());
        release.run();
        assertEquals(from(0, ROOM), bodies(ROOM));
        assertEquals(from(ROOM + 7, 3), bodies(3));
    }

    @Test
    void whoIsStoppedWhileItHoldsTellsTheSender() throws Exception {
        listen(SubscribeOptions.whenFull(WhenFull.HOLD));
        Runnable release = slow.block();
        List<Future<Void>> sent = new ArrayList<>();
        for (int i = 0; i < ROOM + 1; i++) {
            sent.add(send(i));
        }
        await(sent.get(ROOM - 1));
        sender.run(() -> sender.deployment.succeeded(null));
        slow.deployment.mailbox().close();
        CallException lost = assertThrows(CallException.class, () -> await(sent.get(ROOM)));
        assertEquals(FailureKind.CANCELLED, lost.kind());
        assertEquals(
                "Channel 'talk': 'slow' did not get the message. It was stopped before it took the message.",
                lost.getMessage());
        release.run();
    }
}
