package io.dataprism.kernel.messaging;

import static io.dataprism.kernel.messaging.Node.await;
import static io.dataprism.kernel.messaging.Node.next;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Capabilities;
import io.dataprism.api.Event;
import io.dataprism.api.FailureKind;
import io.dataprism.api.Publication;
import io.dataprism.api.SubscribeOptions;
import io.dataprism.api.Subscription;
import io.dataprism.api.WhenFull;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a subscription chose for a full mailbox holds, and whoever is concerned can see it. */
class BackPressureTest {
    private static final int ROOM = Node.SMALL.mailbox().messages();

    private final Node node = new Node();
    private final BlockingQueue<Event> got = new LinkedBlockingQueue<>();
    private Node.Plugin publisher;
    private Node.Plugin slow;

    @BeforeEach
    void deploy() throws Exception {
        publisher = node.plugin("publisher", "event-publish:**", "call").serve();
        slow = node.new Plugin("slow", Set.of("cap"), "event-subscribe:**", "event-publish:**");
        slow.serve(Capabilities.of("cap", call -> {
            got.add(new Event("", "called", call.body(), call.caller(), java.time.Instant.EPOCH));
            return Future.succeededFuture("done");
        }));
    }

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    private Subscription subscribe(SubscribeOptions options) throws Exception {
        return slow.run(() -> slow.endpoint.events().subscribe("t", options, got::add));
    }

    private Future<Publication> publish(Object body) {
        return publisher.start(() -> publisher.endpoint.events().publish("t", body));
    }

    private List<Object> bodies(int count) throws Exception {
        List<Object> bodies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            bodies.add(next(got).body());
        }
        return bodies;
    }

    private static List<Object> from(int first, int count) {
        return new ArrayList<>(IntStream.range(first, first + count).boxed().toList());
    }

    @Test
    void aHeldPublishersFutureWaitsUntilItsEventWasTaken() throws Exception {
        Subscription subscription = subscribe(SubscribeOptions.whenFull(WhenFull.HOLD));
        Runnable release = slow.block();
        List<Future<Publication>> publications = new ArrayList<>();
        for (int i = 0; i < ROOM + 5; i++) {
            publications.add(publish(i));
        }
        await(publications.get(ROOM - 1));
        publisher.run(() -> publisher.deployment.succeeded(null));
        for (int i = ROOM; i < ROOM + 5; i++) {
            assertFalse(publications.get(i).isComplete(), "held: " + i);
        }
        release.run();
        for (Future<Publication> publication : publications) {
            assertEquals(new Publication(1, List.of()), await(publication));
        }
        assertEquals(from(0, ROOM + 5), bodies(ROOM + 5));
        assertEquals(0, subscription.dropped());
    }

    @Test
    void holdingIsBoundedAndThePublisherLearnsThatItIs() throws Exception {
        subscribe(new SubscribeOptions(WhenFull.HOLD, 7));
        Runnable release = slow.block();
        List<Future<Publication>> publications = new ArrayList<>();
        for (int i = 0; i < ROOM + 8; i++) {
            publications.add(publish(i));
        }
        Publication last = await(publications.get(ROOM + 7));
        assertEquals(FailureKind.BUSY, last.refused().get(0).kind());
        release.run();
        assertEquals(from(0, ROOM + 7), bodies(ROOM + 7));
    }

    @Test
    void whoIsStoppedWhileItHoldsTellsThePublisher() throws Exception {
        subscribe(SubscribeOptions.whenFull(WhenFull.HOLD));
        Runnable release = slow.block();
        List<Future<Publication>> publications = new ArrayList<>();
        for (int i = 0; i < ROOM + 1; i++) {
            publications.add(publish(i));
        }
        await(publications.get(ROOM - 1));
        publisher.run(() -> publisher.deployment.succeeded(null));
        slow.deployment.mailbox().close();
        Publication held = await(publications.get(ROOM));
        assertEquals(0, held.accepted());
        assertEquals(FailureKind.CANCELLED, held.refused().get(0).kind());
        release.run();
    }

    @Test
    void onlyTheLatestWaits() throws Exception {
        Subscription subscription = subscribe(SubscribeOptions.whenFull(WhenFull.KEEP_LATEST));
        Runnable release = slow.block();
        for (int i = 0; i < ROOM + 10; i++) {
            assertEquals(1, await(publish(i)).accepted());
        }
        assertEquals(9, subscription.dropped());
        release.run();
        assertEquals(from(0, ROOM), bodies(ROOM));
        assertEquals(ROOM + 9, next(got).body());
        assertTrue(got.isEmpty());
    }

    @Test
    void theOldestOfThoseThatWaitIsDropped() throws Exception {
        Subscription subscription = subscribe(new SubscribeOptions(WhenFull.DROP_OLDEST, 3));
        Runnable release = slow.block();
        for (int i = 0; i < ROOM + 10; i++) {
            assertEquals(1, await(publish(i)).accepted());
        }
        assertEquals(7, subscription.dropped());
        release.run();
        assertEquals(from(0, ROOM), bodies(ROOM));
        assertEquals(from(ROOM + 7, 3), bodies(3));
    }

    @Test
    void aCallDoesNotOvertakeWhatWaitsOutside() throws Exception {
        subscribe(SubscribeOptions.whenFull(WhenFull.KEEP_LATEST));
        Runnable release = slow.block();
        for (int i = 0; i < ROOM + 1; i++) {
            await(publish(i));
        }
        Future<Object> call = publisher.start(() -> publisher.endpoint.calls().call("slow", "cap", "call"));
        await(call.map(reply -> (Throwable) null)
                .recover(Future::succeededFuture)
                .map(failure -> {
                    assertEquals(FailureKind.BUSY, ((io.dataprism.api.CallException) failure).kind());
                    return failure;
                }));
        release.run();
        assertEquals(from(0, ROOM + 1), bodies(ROOM + 1));
        assertEquals("done", publisher.run(() -> publisher.endpoint.calls().call("slow", "cap", "after")));
        assertEquals("after", next(got).body());
    }

    @Test
    void aMailboxIsFullByBytesToo() throws Exception {
        subscribe(SubscribeOptions.DEFAULT);
        Runnable release = slow.block();
        Buffer large = Buffer.buffer(new byte[300_000]);
        int taken = 0;
        Publication last = await(publish(large));
        while (last.refused().isEmpty() && taken < 20) {
            taken++;
            last = await(publish(large));
        }
        assertEquals(3, taken, "of 300 kB in a mailbox of 1 MiB");
        assertEquals(FailureKind.BUSY, last.refused().get(0).kind());
        assertTrue(slow.deployment.mailbox().waitingBytes() >= 900_000);
        release.run();
        bodies(3);
        slow.run(() -> slow.deployment.succeeded(null));
        assertEquals(0, slow.deployment.mailbox().waitingBytes());
    }

    @Test
    void aMessageLargerThanTheMailboxPassesAlone() throws Exception {
        subscribe(SubscribeOptions.DEFAULT);
        assertEquals(1, await(publish(Buffer.buffer(new byte[2 << 20]))).accepted());
        assertEquals(2 << 20, ((Buffer) next(got).body()).length());
    }

    @Test
    void theHostMayChooseToo() throws Exception {
        Endpoint host = node.host();
        BlockingQueue<Event> seen = new LinkedBlockingQueue<>();
        java.util.concurrent.CountDownLatch inside = new java.util.concurrent.CountDownLatch(1);
        java.util.concurrent.CountDownLatch go = new java.util.concurrent.CountDownLatch(1);
        Subscription latest =
                await(host.events().subscribe("t", SubscribeOptions.whenFull(WhenFull.KEEP_LATEST), event -> {
                    inside.countDown();
                    go.await();
                    seen.add(event);
                }));
        await(publish(-1));
        inside.await();
        for (int i = 0; i < ROOM + 10; i++) {
            assertEquals(1, await(publish(i)).accepted());
        }
        assertEquals(9, latest.dropped());
        go.countDown();
        List<Object> bodies = new ArrayList<>();
        for (int i = 0; i < ROOM + 2; i++) {
            bodies.add(next(seen).body());
        }
        assertEquals(ROOM + 9, bodies.get(ROOM + 1));
    }
}
