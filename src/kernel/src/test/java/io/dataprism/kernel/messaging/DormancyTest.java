package io.dataprism.kernel.messaging;

import static io.dataprism.kernel.messaging.Node.await;
import static io.dataprism.kernel.messaging.Node.next;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Caller;
import io.dataprism.api.Capabilities;
import io.dataprism.api.Event;
import io.dataprism.api.PluginId;
import io.dataprism.api.Publication;
import io.dataprism.kernel.logging.LogLines;
import io.dataprism.kernel.traffic.DeadLetter;
import io.dataprism.kernel.traffic.Reason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.ReplyException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Plugins that run only when they are called or an event of their topics is published. */
class DormancyTest {
    private static final PluginId LAZY = new PluginId("lazy");
    private final Node node = new Node();
    private final BlockingQueue<Promise<Void>> activations = new LinkedBlockingQueue<>();

    DormancyTest() {
        node.messaging.activator(StatesActivator.starting(id -> {
            Promise<Void> started = Promise.promise();
            activations.add(started);
            return started.future();
        }));
    }

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    @Test
    void theFirstEventStartsThePluginAndReachesItInOrderWithThoseAfter() throws Exception {
        node.messaging.dormant(LAZY, Set.of(), Set.of("weather.*"));
        Endpoint host = node.host();
        assertEquals(0, await(host.events().publish("news", 0)).accepted());
        assertTrue(activations.isEmpty());
        await(host.events().publish("weather.a", 1));
        node.vertx.eventBus().publish("event:weather.b", 2);
        Promise<Void> activation = next(activations);
        Node.Plugin lazy = node.plugin("lazy", "event-subscribe:**");
        BlockingQueue<Event> got = new LinkedBlockingQueue<>();
        lazy.run(() -> lazy.endpoint.events().subscribe("weather.**", got::add));
        await(host.events().publish("weather.c", 3));
        lazy.serve();
        activation.complete();
        await(host.events().publish("weather.d", 4));
        Set<Object> bodies = new java.util.HashSet<>();
        for (int i = 0; i < 4; i++) {
            bodies.add(next(got).body());
        }
        assertEquals(Set.of(1, 2, 3, 4), bodies);
        assertTrue(activations.isEmpty());
    }

    @Test
    void aRawBusCallStartsItAndWaits() throws Exception {
        Runnable end = node.messaging.dormant(LAZY, Set.of("cap"), Set.of());
        Future<Object> asked =
                node.vertx.eventBus().request("plugin:lazy:cap", 1).map(answer -> answer.body());
        Promise<Void> activation = next(activations);
        Node.Plugin lazy = node.serving("lazy", Capabilities.of("cap", call -> Future.succeededFuture("here")));
        activation.complete();
        assertEquals("here", await(asked));
        end.run();
        assertEquals(
                "here",
                await(node.vertx.eventBus().request("plugin:lazy:cap", 1)).body());
        await(lazy.endpoint.close());
        assertThrows(ReplyException.class, () -> await(node.vertx.eventBus().request("plugin:lazy:cap", 1)));
    }

    @Test
    void whatCouldNotBeStartedFailsItsCallersAndForgetsItsEvents() throws Exception {
        node.messaging.dormant(LAZY, Set.of("cap"), Set.of("t"));
        await(node.host().events().publish("t", 1));
        next(activations).fail("broken");
        Future<Object> call = node.host().calls().call("lazy", "cap", null);
        next(activations).fail("broken");
        assertEquals(
                io.dataprism.api.FailureKind.NOT_RUNNING,
                assertThrows(io.dataprism.api.CallException.class, () -> await(call))
                        .kind());
        await(node.host().events().publish("t", 2));
        next(activations);
    }

    @Test
    void whatWasKeptForAPluginThatCannotBeStartedIsLogged() throws Exception {
        node.messaging.dormant(LAZY, Set.of(), Set.of("t.*"));
        try (LogLines log = new LogLines(Messaging.class)) {
            await(node.host().events().publish("t.a", 1));
            await(node.host().events().publish("t.b", 2));
            await(node.host().events().publish("t.a", 3));
            next(activations).fail("broken");
            assertEquals(
                    List.of(
                            "A message to plugin:lazy was lost before it was handled: topic t.a (2 in all), since it could not be started",
                            "A message to plugin:lazy was lost before it was handled: topic t.b (1 in all), since it could not be started"),
                    log.seen());
        }
    }

    @Test
    void aPublisherLearnsWhomItsEventStarts() throws Exception {
        node.messaging.dormant(LAZY, Set.of(), Set.of("t.*"));
        node.messaging.dormant(new PluginId("lazier"), Set.of(), Set.of("t.a"));
        assertEquals(
                new Publication(0, List.of(), 2), await(node.host().events().publish("t.a", 1)));
        assertEquals(
                new Publication(0, List.of(), 1), await(node.host().events().publish("t.b", 1)));
        assertEquals(new Publication(0, List.of()), await(node.host().events().publish("other", 1)));
        for (int i = 2; i < 1_000; i++) {
            assertEquals(1, await(node.host().events().publish("t.b", i)).woken());
        }
        Publication full = await(node.host().events().publish("t.b", "too many"));
        assertEquals(0, full.woken());
        assertEquals(Caller.plugin(LAZY), full.refused().get(0).subscriber());
        assertEquals(io.dataprism.api.FailureKind.BUSY, full.refused().get(0).kind());
    }

    @Test
    void whatWaitsForAStartIsBoundedInBytes() throws Exception {
        node.messaging.dormant(LAZY, Set.of(), Set.of("t.*"));
        try (LogLines log = new LogLines(Messaging.class)) {
            for (int i = 0; i < 3; i++) {
                await(node.host().events().publish("t." + i, Buffer.buffer(new byte[6 << 20])));
            }
            assertEquals(
                    List.of(
                            "A message to plugin:lazy was lost before it was handled: topic t.2, since too much waits for it to start"),
                    log.seen());
        }
    }

    @Test
    void whatOverflowsWhileAPluginStartsIsADeadLetter() throws Exception {
        node.messaging.dormant(LAZY, Set.of(), Set.of("t.*"));
        for (int i = 0; i < 1_001; i++) {
            await(node.host().events().publish("t.a", i));
        }
        next(activations);
        DeadLetter letter = onlyDeadLetter();
        assertEquals(Reason.FULL, letter.reason());
        assertEquals("lazy", letter.receiver());
        assertEquals("Too much waits for it to start.", letter.error());
        assertEquals(Optional.of(1_000), letter.shown());
    }

    @Test
    void whatThePluginsMailboxDoesNotTakeOfWhatWaitedIsADeadLetter() throws Exception {
        node.messaging.dormant(LAZY, Set.of(), Set.of("t"));
        int room = Node.SMALL.mailbox().messages();
        for (int i = 0; i <= room; i++) {
            await(node.host().events().publish("t", i));
        }
        next(activations);
        Node.Plugin lazy = node.plugin("lazy", "event-subscribe:**");
        Runnable release = lazy.block();
        try {
            lazy.endpoint.events().subscribe("t", event -> {});
            DeadLetter letter = onlyDeadLetter();
            assertEquals(Reason.FULL, letter.reason());
            assertEquals(Optional.of(room), letter.shown());
        } finally {
            release.run();
        }
    }

    @Test
    void whatWaitedForAStartThatFailedIsADeadLetterAndItsReplayTriesAgain() throws Exception {
        node.messaging.dormant(LAZY, Set.of(), Set.of("t"));
        await(node.host().events().publish("t", 1));
        next(activations).fail("broken");
        DeadLetter letter = onlyDeadLetter();
        assertEquals(Reason.UNDELIVERABLE, letter.reason());
        assertEquals("It waited for the plugin to start, but it could not be started.", letter.error());
        assertEquals(
                "it waits for its receiver to start",
                await(node.messaging.deadLetters().replay(letter.number())));
        Promise<Void> activation = next(activations);
        Node.Plugin lazy = node.plugin("lazy", "event-subscribe:**");
        BlockingQueue<Event> got = new LinkedBlockingQueue<>();
        lazy.run(() -> lazy.endpoint.events().subscribe("t", got::add));
        lazy.serve();
        activation.complete();
        assertEquals(Optional.of(letter.id()), next(got).cause());
    }

    private DeadLetter onlyDeadLetter() throws Exception {
        Node.until(() -> !node.messaging.deadLetters().all().isEmpty());
        List<DeadLetter> all = node.messaging.deadLetters().all();
        assertEquals(1, all.size(), all::toString);
        return all.get(0);
    }

    @Test
    void whatAPluginDoesNotSubscribeToOnceItServesIsLogged() throws Exception {
        node.messaging.dormant(LAZY, Set.of(), Set.of("t.*"));
        try (LogLines log = new LogLines(Messaging.class)) {
            await(node.host().events().publish("t.a", 1));
            Node.Plugin lazy = node.plugin("lazy", "event-subscribe:t.b");
            lazy.run(() -> lazy.endpoint.events().subscribe("t.b", event -> {}));
            lazy.serve();
            assertEquals(
                    List.of(
                            "A message to plugin:lazy was lost before it was handled: topic t.a (1 in all), since it has not subscribed to that"),
                    log.seen());
        }
    }

    @Test
    void anEventReachesAPluginThatSubscribesWhileItIsPublished() throws Exception {
        LocalMessaging messaging = (LocalMessaging) node.messaging;
        DormantPlugin dormant = new DormantPlugin(messaging, LAZY);
        TopicSubscription[] nobodyYet = messaging.events().topics().subscriptions("t");
        Node.Plugin lazy = node.plugin("lazy", "event-subscribe:t");
        BlockingQueue<Event> got = new LinkedBlockingQueue<>();
        lazy.run(() -> lazy.endpoint.events().subscribe("t", got::add));
        lazy.run(() -> lazy.endpoint.events().subscribe("t", got::add));
        dormant.take(new EventMessage(messaging, "t", 1, Caller.HOST, 0, 1, 0, Map.of()), nobodyYet, new Delivered());
        lazy.serve();
        assertEquals(1, next(got).body());
        assertEquals(1, next(got).body());
        dormant.take(
                new EventMessage(messaging, "t", 2, Caller.HOST, 0, 2, 0, Map.of()),
                messaging.events().topics().subscriptions("t"),
                new Delivered());
        assertTrue(activations.isEmpty());
    }

    @Test
    void anEventForAPluginThatIsStoppingStartsItAgain() throws Exception {
        node.messaging.dormant(LAZY, Set.of(), Set.of("t"));
        Node.Plugin lazy = node.plugin("lazy", "event-subscribe:t").serve();
        lazy.run(() -> lazy.endpoint.events().subscribe("t", event -> {}));
        lazy.endpoint.quiesce();
        await(node.host().events().publish("t", 1));
        next(activations);
    }
}
