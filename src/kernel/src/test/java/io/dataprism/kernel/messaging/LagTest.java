package io.dataprism.kernel.messaging;

import static io.dataprism.kernel.messaging.Node.await;
import static io.dataprism.kernel.messaging.Node.next;
import static io.dataprism.kernel.messaging.Node.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Capabilities;
import io.dataprism.api.Channel;
import io.dataprism.api.Publication;
import io.dataprism.api.SubscribeOptions;
import io.dataprism.api.WhenFull;
import io.dataprism.kernel.logging.LogLines;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What waits for a plugin can be seen, and what it lost by ending, too. */
class LagTest {
    private static final int ROOM = Node.SMALL.mailbox().messages();

    private final BlockingQueue<Loss> losses = new LinkedBlockingQueue<>();
    private final Node node = new Node(losses::add);
    private Node.Plugin publisher;
    private Node.Plugin slow;

    @BeforeEach
    void deploy() throws Exception {
        publisher =
                node.plugin("publisher", "event-publish:**", "call", "channel").serve();
        slow = node.serving(
                "slow",
                Capabilities.of("cap", call -> Future.succeededFuture("done")),
                "event-subscribe:**",
                "channel");
    }

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    private void subscribe(String pattern, SubscribeOptions options) throws Exception {
        slow.run(() -> slow.endpoint.events().subscribe(pattern, options, event -> {}));
    }

    private Publication publish(String topic) throws Exception {
        return publisher.run(() -> publisher.endpoint.events().publish(topic, "body"));
    }

    private Lag lag() {
        return node.messaging.lag(slow.id).orElseThrow();
    }

    private Map<String, Lag.Part> parts() {
        return lag().parts().stream().collect(Collectors.toMap(Lag.Part::where, Function.identity()));
    }

    @Test
    void whoDoesNotLagHasNothingWaiting() throws Exception {
        subscribe("t.*", SubscribeOptions.DEFAULT);
        publish("t.a");
        until(() -> lag().waiting() == 0);
        assertEquals(Duration.ZERO, lag().oldest());
        assertEquals(0, lag().bytes());
        assertEquals(Set.of("topic t.*", "calls"), parts().keySet());
    }

    @Test
    void eachSubscriptionChannelAndTheCallsSayWhatWaitsForThem() throws Exception {
        subscribe("a.*", SubscribeOptions.DEFAULT);
        subscribe("b", SubscribeOptions.DEFAULT);
        Channel out = publisher.run(() -> publisher.endpoint.channels().create("talk", Set.of("slow")));
        slow.run(() -> slow.endpoint.channels().join("talk")).onMessage(message -> null);
        Runnable release = slow.block();
        for (int i = 0; i < 3; i++) {
            publish("a.x");
        }
        publish("b");
        publisher.run(() -> out.send("slow", "hello"));
        publisher.start(() -> publisher.endpoint.calls().call("slow", "cap", null));
        publisher.run(() -> publisher.deployment.succeeded(null));
        Map<String, Lag.Part> parts = parts();
        assertEquals(3, parts.get("topic a.*").waiting());
        assertEquals(1, parts.get("topic b").waiting());
        assertEquals(1, parts.get("channel talk").waiting());
        assertEquals(1, parts.get("calls").waiting());
        assertTrue(parts.get("topic a.*").bytes() > 3 * 64, "bytes: " + parts);
        assertEquals(
                lag().bytes(),
                parts.values().stream().mapToLong(Lag.Part::bytes).sum());
        Duration before = lag().oldest();
        until(() -> lag().oldest().compareTo(before) > 0);
        release.run();
        until(() -> lag().waiting() == 0);
    }

    @Test
    void whatIsRefusedDroppedAndHeldIsCounted() throws Exception {
        subscribe("refuse", SubscribeOptions.DEFAULT);
        subscribe("latest", SubscribeOptions.whenFull(WhenFull.KEEP_LATEST));
        subscribe("hold", SubscribeOptions.whenFull(WhenFull.HOLD));
        Runnable release = slow.block();
        for (int i = 0; i < ROOM + 3; i++) {
            publish("refuse");
        }
        for (int i = 0; i < 5; i++) {
            publish("latest");
        }
        publisher.start(() -> publisher.endpoint.events().publish("hold", "body"));
        publisher.start(() -> publisher.endpoint.calls().call("slow", "cap", null));
        publisher.run(() -> publisher.deployment.succeeded(null));
        Map<String, Lag.Part> parts = parts();
        assertEquals(3, parts.get("topic refuse").refused());
        assertEquals(ROOM, parts.get("topic refuse").waiting());
        assertEquals(4, parts.get("topic latest").dropped());
        assertEquals(1, parts.get("topic latest").held());
        assertEquals(1, parts.get("topic hold").held());
        assertEquals(1, parts.get("calls").refused());
        assertEquals(ROOM + 2, lag().waiting());
        assertEquals(2, lag().held());
        assertEquals(4, lag().refused());
        release.run();
        until(() -> lag().waiting() == 0);
        assertEquals(4, lag().refused());
        assertEquals(4, lag().dropped());
    }

    @Test
    void whatWaitsUntilAPluginServesIsSeen() throws Exception {
        Node.Plugin starting = node.plugin("starting", "event-subscribe:**");
        starting.run(() -> starting.endpoint.events().subscribe("t", event -> {}));
        publish("t");
        starting.run(() -> starting.deployment.succeeded(null));
        assertEquals(1, node.messaging.lag(starting.id).orElseThrow().waiting());
        starting.serve();
        until(() -> node.messaging.lag(starting.id).orElseThrow().waiting() == 0);
    }

    @Test
    void aPluginThatFallsBehindIsToldOfOnceAndOnceWhenItHasCaughtUp() throws Exception {
        subscribe("t", SubscribeOptions.DEFAULT);
        assertEquals(List.of(), node.messaging.lagChanges(Set.of()));
        Runnable release = slow.block();
        try (LogLines log = new LogLines(LagWatch.class)) {
            for (int i = 0; i < ROOM / 2; i++) {
                publish("t");
            }
            assertEquals(List.of(), node.messaging.lagChanges(Set.of()));
            publish("t");
            List<Lag> behind = node.messaging.lagChanges(Set.of());
            assertEquals(1, behind.size());
            assertEquals(slow.id.value(), behind.get(0).who().name());
            assertTrue(behind.get(0).behind());
            publish("t");
            assertEquals(List.of(), node.messaging.lagChanges(Set.of()));
            release.run();
            until(() -> lag().waiting() == 0);
            List<Lag> caughtUp = node.messaging.lagChanges(Set.of());
            assertEquals(1, caughtUp.size());
            assertFalse(caughtUp.get(0).behind());
            assertEquals(List.of(), node.messaging.lagChanges(Set.of()));
            assertEquals(2, log.seen().size());
            assertTrue(log.seen().get(0).startsWith("plugin:slow is behind: 51 messages of "), log.seen()::toString);
            assertEquals(
                    "plugin:slow has caught up with its messages.", log.seen().get(1));
        }
    }

    @Test
    void oneMessageThatWaitsForLongIsBehindToo() throws Exception {
        subscribe("t", SubscribeOptions.DEFAULT);
        Runnable release = slow.block();
        publish("t");
        until(() -> lag().oldest().toMillis() > 5);
        LagWatch impatient = new LagWatch(Duration.ofMillis(5));
        LocalMessaging messaging = (LocalMessaging) node.messaging;
        assertEquals(1, impatient.changes(messaging.waiting()).size());
        release.run();
        until(() -> lag().waiting() == 0);
        assertFalse(impatient.changes(messaging.waiting()).get(0).behind());
    }

    @Test
    void endpointsOfUsersThatFallBehindAreToldOfAndOfManyTheLogNamesTheFirstOnes() throws Exception {
        int users = 12;
        for (int i = 0; i < users; i++) {
            await(node.user("u" + i, "event-subscribe:t").events().subscribe("t", event -> {}));
        }
        CountDownLatch release = new CountDownLatch(1);
        // All endpoints are on this thread's context.
        await(node.host().events().subscribe("hold", event -> release.await()));
        publish("hold");
        assertEquals(List.of(), node.messaging.lagChanges(Set.of()));
        try (LogLines log = new LogLines(LagWatch.class)) {
            for (int i = 0; i <= ROOM / 2; i++) {
                publish("t");
            }
            List<Lag> behind = node.messaging.lagChanges(Set.of());
            assertEquals(users, behind.size());
            assertTrue(behind.stream().allMatch(Lag::behind), behind::toString);
            assertEquals(List.of(), node.messaging.lagChanges(Set.of()));
            release.countDown();
            until(() -> outside().stream().allMatch(lag -> lag.waiting() == 0));
            assertEquals(users, node.messaging.lagChanges(Set.of()).size());
            assertEquals(22, log.seen().size(), log.seen()::toString);
            assertTrue(log.seen().get(0).startsWith("user:u"), log.seen()::toString);
            assertTrue(log.seen().get(0).contains(" is behind: 51 messages of "), log.seen()::toString);
            assertEquals(
                    "2 more endpoints of the host and of users are behind, 0 more have caught up. See dataprism plugins lag",
                    log.seen().get(10));
        } finally {
            release.countDown();
        }
    }

    @Test
    void whatAnEndFindsInAMailboxIsToldInOnePieceByKindAndSender() throws Exception {
        subscribe("**", SubscribeOptions.DEFAULT);
        Channel out = publisher.run(() -> publisher.endpoint.channels().create("talk", Set.of("slow")));
        slow.run(() -> slow.endpoint.channels().join("talk")).onMessage(message -> null);
        slow.run(() -> slow.deployment.succeeded(null));
        Runnable release = slow.block();
        for (int i = 0; i < 50; i++) {
            publish("t.a");
        }
        await(node.host().events().publish("t.b", 1));
        publisher.run(() -> out.send("slow", "hello"));
        Future<Object> call = publisher.start(() -> publisher.endpoint.calls().call("slow", "cap", null));
        publisher.run(() -> publisher.deployment.succeeded(null));
        try (LogLines log = new LogLines(Messaging.class)) {
            slow.endpoint.close();
            slow.deployment.mailbox().close();
            release.run();
            Loss loss = next(losses);
            assertEquals(slow.endpoint.caller(), loss.who());
            assertEquals(53, loss.total());
            assertEquals(
                    List.of(
                            new Loss.Part(MessageKind.EVENT, "topic t.a", "plugin:publisher", 50),
                            new Loss.Part(MessageKind.CALL, "capability cap", "plugin:publisher", 1),
                            new Loss.Part(MessageKind.MESSAGE, "channel talk", "plugin:publisher", 1),
                            new Loss.Part(MessageKind.EVENT, "topic t.b", "host", 1)),
                    loss.parts());
            assertEquals(
                    List.of("plugin:slow ended before it handled 53 that it had taken: 50 events (topic t.a) from"
                            + " plugin:publisher, 1 call (capability cap) from plugin:publisher, 1 message (channel talk)"
                            + " from plugin:publisher, 1 event (topic t.b) from host. Who waits for an answer was told;"
                            + " nothing is sent again."),
                    log.seen());
        }
        assertTrue(call.failed());
        assertEquals(53, node.messaging.lastLoss(slow.id).orElseThrow().total());
        node.messaging.unloaded(slow.id);
        assertTrue(node.messaging.lastLoss(slow.id).isEmpty());
    }

    private List<Lag> outside() {
        return node.messaging.lag().stream().filter(lag -> !lag.isOfPlugin()).toList();
    }

    @Test
    void endpointsOfHostAndUsersThatReceiveAreListedUnderTheirOwnNames() throws Exception {
        Endpoint host = node.host();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        await(host.events().subscribe("t.a", event -> {
            inside.countDown();
            release.await();
        }));
        await(host.events().subscribe("t.b", event -> {}));
        // Both endpoints are on this thread's context, so hers stands still, too.
        await(node.user("ada", "event-subscribe:*.b").events().subscribe("*.b", event -> {}));
        publish("t.a");
        inside.await();
        for (int i = 0; i < 3; i++) {
            publish("t.b");
        }
        List<Lag> outside = outside();
        assertEquals(
                List.of("host", "user:ada"),
                outside.stream().map(lag -> lag.toJson().getString("id")).toList());
        assertEquals(3, outside.get(0).waiting());
        assertEquals(3, outside.get(0).parts().get(1).waiting());
        assertEquals("topic t.b", outside.get(0).parts().get(1).where());
        assertEquals("topic *.b", outside.get(1).parts().get(0).where());
        assertEquals(3, outside.get(1).parts().get(0).waiting());
        assertTrue(node.messaging.lag().get(0).isOfPlugin(), "plugins first");
        release.countDown();
        until(() -> outside().get(0).waiting() == 0);
        await(host.close());
        assertEquals(
                List.of("user:ada"),
                outside().stream().map(lag -> lag.who().label()).toList());
    }
}
