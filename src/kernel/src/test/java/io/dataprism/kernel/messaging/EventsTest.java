package io.dataprism.kernel.messaging;

import static io.dataprism.kernel.messaging.Node.await;
import static io.dataprism.kernel.messaging.Node.next;
import static io.dataprism.kernel.messaging.Node.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Caller;
import io.dataprism.api.Event;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PermissionDeniedException;
import io.dataprism.api.PluginException;
import io.dataprism.api.Publication;
import io.dataprism.api.Subscription;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.permission.PermissionRule;
import io.dataprism.kernel.permission.Term;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventsTest {
    private final Node node = new Node();

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    private Node.Plugin publisher() throws Exception {
        return node.plugin("publisher", "event-publish:**").serve();
    }

    private Node.Plugin subscriber(String name) throws Exception {
        return node.plugin(name, "event-subscribe:**").serve();
    }

    private static BlockingQueue<Event> subscribe(Node.Plugin plugin, String pattern) throws Exception {
        BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        plugin.run(() -> plugin.endpoint.events().subscribe(pattern, events::add));
        return events;
    }

    private static Publication publish(Node.Plugin plugin, String topic, Object body) throws Exception {
        return plugin.run(() -> plugin.endpoint.events().publish(topic, body));
    }

    @Test
    void anEventSaysWhoPublishedItAndReachesEverySubscriberInItsOwnSlice() throws Exception {
        Node.Plugin publisher = publisher();
        Node.Plugin one = subscriber("one");
        Node.Plugin two = subscriber("two");
        AtomicReference<Boolean> inSlice = new AtomicReference<>();
        BlockingQueue<Event> first = new LinkedBlockingQueue<>();
        one.run(() -> one.endpoint.events().subscribe("weather.update", event -> {
            inSlice.set(one.deployment.mailbox().inSlice());
            first.add(event);
        }));
        BlockingQueue<Event> second = subscribe(two, "weather.update");
        Publication publication = publish(publisher, "weather.update", new JsonObject().put("c", 21));
        assertEquals(2, publication.accepted());
        assertTrue(publication.refused().isEmpty());
        Event event = next(first);
        assertEquals("weather.update", event.topic());
        assertEquals(Caller.plugin(publisher.id), event.source());
        assertEquals(21, ((JsonObject) event.body()).getInteger("c"));
        assertEquals(true, inSlice.get());
        Event other = next(second);
        assertEquals(event.id(), other.id());
        assertNotSame(event.body(), other.body());
    }

    @Test
    void severalHandlersOfOnePluginForOneEventAllRun() throws Exception {
        Node.Plugin publisher = publisher();
        Node.Plugin one = subscriber("one");
        BlockingQueue<Event> a = subscribe(one, "t");
        BlockingQueue<Event> b = subscribe(one, "t");
        assertEquals(2, publish(publisher, "t", 1).accepted());
        next(a);
        next(b);
    }

    @Test
    void wildcardsStandForOneWordAndForTheRest() throws Exception {
        Node.Plugin publisher = publisher();
        Node.Plugin one = subscriber("one");
        BlockingQueue<Event> star = subscribe(one, "weather.*");
        BlockingQueue<Event> rest = subscribe(one, "weather.**");
        assertEquals(2, publish(publisher, "weather.update", 1).accepted());
        assertEquals(1, publish(publisher, "weather.update.berlin", 2).accepted());
        assertEquals(0, publish(publisher, "weather", 3).accepted());
        assertEquals(0, publish(publisher, "weathers.update", 4).accepted());
        assertEquals(1, next(star).body());
        assertEquals(1, next(rest).body());
        assertEquals(2, next(rest).body());
    }

    @Test
    void unsubscribeTakesOneAwayOrAllOfAPatternOrAll() throws Exception {
        Node.Plugin publisher = publisher();
        Node.Plugin one = subscriber("one");
        subscribe(one, "a");
        subscribe(one, "a");
        subscribe(one, "b.*");
        Subscription single = one.run(() -> one.endpoint.events().subscribe("a", event -> {}));
        assertEquals("a", single.pattern());
        assertEquals(3, publish(publisher, "a", 1).accepted());
        one.run(single::cancel);
        one.run(single::cancel);
        assertEquals(2, publish(publisher, "a", 1).accepted());
        one.run(() -> one.endpoint.events().unsubscribe("a"));
        assertEquals(0, publish(publisher, "a", 1).accepted());
        assertEquals(1, publish(publisher, "b.x", 1).accepted());
        one.run(() -> one.endpoint.events().unsubscribeAll());
        assertEquals(0, publish(publisher, "b.x", 1).accepted());
    }

    @Test
    void subscribingAndCancellingInsideAHandlerWork() throws Exception {
        Node.Plugin publisher = publisher();
        Node.Plugin one = subscriber("one");
        BlockingQueue<Event> later = new LinkedBlockingQueue<>();
        AtomicInteger once = new AtomicInteger();
        AtomicReference<Subscription> self = new AtomicReference<>();
        self.set(one.run(() -> one.endpoint.events().subscribe("t", event -> {
            once.incrementAndGet();
            self.get().cancel();
            one.endpoint.events().subscribe("t", later::add);
        })));
        publish(publisher, "t", 1);
        until(() -> once.get() == 1);
        one.run(() -> one.deployment.succeeded(null));
        publish(publisher, "t", 2);
        assertEquals(2, next(later).body());
        assertEquals(1, once.get());
    }

    @Test
    void nothingArrivesAfterACancelEvenOfWhatWaitedAlready() throws Exception {
        Node.Plugin publisher = publisher();
        Node.Plugin one = subscriber("one");
        AtomicInteger got = new AtomicInteger();
        Subscription subscription = one.run(() -> one.endpoint.events().subscribe("t", event -> got.incrementAndGet()));
        Runnable release = one.block();
        assertEquals(1, publish(publisher, "t", 1).accepted());
        subscription.cancel();
        release.run();
        one.run(() -> one.deployment.succeeded(null));
        assertEquals(0, got.get());
    }

    @Test
    void aFailingHandlerIsReportedAndDisturbsNobody() throws Exception {
        Node.Plugin publisher = publisher();
        Node.Plugin bad = subscriber("bad");
        Node.Plugin good = subscriber("good");
        bad.run(() -> bad.endpoint.events().subscribe("t", event -> {
            throw new StackOverflowError("deep");
        }));
        BlockingQueue<Event> same = subscribe(bad, "t");
        BlockingQueue<Event> other = subscribe(good, "t");
        assertEquals(3, publish(publisher, "t", 1).accepted());
        next(same);
        next(other);
        Node.Failure failure = next(node.failures);
        assertEquals(Caller.plugin(bad.id), failure.who());
        assertEquals("topic t", failure.where());
        assertEquals("java.lang.StackOverflowError: deep", failure.failure().toString());
    }

    @Test
    void aReceiverCanNotChangeWhatAnotherReads() throws Exception {
        Node.Plugin publisher = publisher();
        Node.Plugin one = subscriber("one");
        Node.Plugin two = subscriber("two");
        BlockingQueue<JsonObject> changed = new LinkedBlockingQueue<>();
        one.run(() -> one.endpoint.events().subscribe("t", event -> {
            JsonObject body = (JsonObject) event.body();
            try {
                body.getJsonObject("deep").put("x", "changed");
            } finally {
                changed.add(body);
            }
        }));
        Runnable release = two.block();
        BlockingQueue<Event> seen = new LinkedBlockingQueue<>();
        two.endpoint.events().subscribe("t", seen::add);
        JsonObject mine = new JsonObject().put("deep", new JsonObject().put("x", "original"));
        publish(publisher, "t", mine);
        next(changed);
        mine.getJsonObject("deep").put("x", "sender changed it");
        release.run();
        assertEquals(
                "original",
                ((JsonObject) next(seen).body()).getJsonObject("deep").getString("x"));
    }

    @Test
    void aBufferIsTheReceiversOwn() throws Exception {
        Node.Plugin publisher = publisher();
        BlockingQueue<Event> seen = subscribe(subscriber("one"), "t");
        Buffer mine = Buffer.buffer("abc");
        publish(publisher, "t", mine);
        mine.setByte(0, (byte) 'x');
        assertEquals("abc", next(seen).body().toString());
    }

    @Test
    void whatIsNoPayloadIsRefusedWithItsClass() throws Exception {
        Node.Plugin publisher = publisher();
        PluginException refused = assertThrows(PluginException.class, () -> publish(publisher, "t", new Date()));
        assertEquals("DP-0403", refused.code());
        assertTrue(refused.getMessage().contains("java.util.Date"));
        JsonObject circle = new JsonObject();
        circle.put("me", circle);
        assertEquals(
                "DP-0405",
                assertThrows(PluginException.class, () -> publish(publisher, "t", circle))
                        .code());
        for (String topic : List.of("", "a..b", ".a", "a.", "a b", "a.*", "x".repeat(513))) {
            assertEquals(
                    "DP-0406",
                    assertThrows(PluginException.class, () -> publish(publisher, topic, 1))
                            .code());
        }
        assertThrows(PluginException.class, () -> subscribe(subscriber("two"), "a.**.b"));
    }

    @Test
    void aFullMailboxRefusesAndThePublisherLearnsWho() throws Exception {
        Node.Plugin publisher = publisher();
        Node.Plugin slow = subscriber("slow");
        subscribe(slow, "t");
        Runnable release = slow.block();
        int taken = 0;
        Publication last = publish(publisher, "t", 1);
        while (last.refused().isEmpty()) {
            taken++;
            last = publish(publisher, "t", 1);
        }
        assertEquals(Node.SMALL.mailbox().messages(), taken);
        assertEquals(0, last.accepted());
        assertEquals(Caller.plugin(slow.id), last.refused().get(0).subscriber());
        assertEquals(FailureKind.BUSY, last.refused().get(0).kind());
        release.run();
    }

    @Test
    void onePublishersEventsArriveInOrder() throws Exception {
        Node.Plugin publisher = publisher();
        Node.Plugin one = subscriber("one");
        List<Integer> got = new ArrayList<>();
        one.run(() -> one.endpoint.events().subscribe("n.*", event -> got.add((Integer) event.body())));
        for (int i = 0; i < 20; i++) {
            int base = i * 50;
            publisher.run(() -> {
                for (int n = 0; n < 50; n++) {
                    publisher.endpoint.events().publish("n." + (n % 3), base + n);
                }
                return publisher.deployment.succeeded(null);
            });
            int expected = base + 50;
            until(() -> one.deployment.mailbox().waiting() == 0);
            assertEquals(expected, one.run(() -> one.deployment.succeeded(got.size())));
        }
        for (int i = 0; i < got.size(); i++) {
            assertEquals(i, got.get(i));
        }
    }

    @Test
    void eventsBeforeThePluginServesWaitInOrder() throws Exception {
        Node.Plugin publisher = publisher();
        Node.Plugin early = node.plugin("early", "event-subscribe:**");
        BlockingQueue<Event> got = subscribe(early, "t");
        publish(publisher, "t", 1);
        publish(publisher, "t", 2);
        early.run(() -> early.deployment.succeeded(null));
        assertTrue(got.isEmpty());
        early.serve();
        assertEquals(1, next(got).body());
        assertEquals(2, next(got).body());
    }

    @Test
    void aPluginThatStopsGetsNothingNew() throws Exception {
        Node.Plugin publisher = publisher();
        Node.Plugin one = subscriber("one");
        BlockingQueue<Event> got = subscribe(one, "t");
        one.endpoint.quiesce();
        Publication refused = publish(publisher, "t", 1);
        assertEquals(FailureKind.NOT_RUNNING, refused.refused().get(0).kind());
        await(one.endpoint.drained());
        await(one.endpoint.close());
        assertEquals(new Publication(0, List.of()), publish(publisher, "t", 1));
        assertTrue(got.isEmpty());
        assertThrows(
                PluginException.class, () -> one.run(() -> one.endpoint.events().subscribe("t", got::add)));
    }

    @Test
    void publishingNeedsManifestRequestAndGrant() throws Exception {
        Node.Plugin none = node.plugin("none").serve();
        PermissionDeniedException denied =
                assertThrows(PermissionDeniedException.class, () -> publish(none, "weather.update", 1));
        assertEquals("event-publish:weather.update", denied.permission());
        assertTrue(denied.getMessage().contains("manifest"), denied.getMessage());
        node.grants.grant(none.id, "event-publish:weather.*", "test", "");
        assertThrows(PermissionDeniedException.class, () -> publish(none, "weather.update", 1));
        node.grants.requests(none.id, List.of(Permission.parse("event-publish:weather.*")));
        assertEquals(0, publish(none, "weather.update", 1).accepted());
        node.grants.revoke(none.id, "event-publish:weather.*");
        PermissionDeniedException again =
                assertThrows(PermissionDeniedException.class, () -> publish(none, "weather.update", 1));
        assertTrue(
                again.getMessage().contains("- 'event-publish:weather.update'  under  plugins.none.grants"),
                again.getMessage());
    }

    @Test
    void nobodyElseSpeaksForTheKernel() throws Exception {
        Node.Plugin liar = publisher();
        node.grants.requests(liar.id, List.of(Permission.parse("event-publish:**")));
        node.grants.grant(liar.id, "event-publish:**", "test", "");
        for (String topic : List.of("plugin.tables.stopped", "kernel.check")) {
            PluginException refused = assertThrows(PluginException.class, () -> publish(liar, topic, 1));
            assertEquals("DP-0412", refused.code());
        }
    }

    @Test
    void subscribingNeedsAGrantAndEndsWithIt() throws Exception {
        Node.Plugin publisher = publisher();
        Node.Plugin one = node.plugin("one", "event-subscribe:weather.*").serve();
        assertThrows(PermissionDeniedException.class, () -> subscribe(one, "weather.**"));
        assertThrows(PermissionDeniedException.class, () -> subscribe(one, "news.today"));
        subscribe(one, "weather.update");
        assertEquals(1, publish(publisher, "weather.update", 1).accepted());
        assertTrue(node.grants.revoke(one.id, "event-subscribe:weather.*"));
        assertEquals(0, publish(publisher, "weather.update", 1).accepted());
    }

    @Test
    void nobodyHearsThroughAPatternWhatIsDeniedToIt() throws Exception {
        Node.Plugin publisher = publisher();
        Node.Plugin one = node.plugin("one", "event-subscribe:weather.**").serve();
        subscribe(one, "weather.**");
        BlockingQueue<Event> rain = subscribe(one, "weather.rain");
        node.grants.grant(one.id, "!event-subscribe:weather.secret", "test", "");
        assertEquals(0, publish(publisher, "weather.secret", 1).accepted(), "the pattern's subscription ended at once");
        assertEquals(1, publish(publisher, "weather.rain", 1).accepted());
        assertEquals("weather.rain", next(rain).topic());
        for (String denied : List.of("weather.**", "weather.*", "**", "weather.secret")) {
            PermissionDeniedException why = assertThrows(PermissionDeniedException.class, () -> subscribe(one, denied));
            assertTrue(
                    denied.equals("**") || why.getMessage().contains("'!event-subscribe:weather.secret' denies "),
                    why.getMessage());
        }
        subscribe(one, "weather.secret.*");
        node.grants.revoke(one.id, "!event-subscribe:weather.secret");
        subscribe(one, "weather.**");
        assertEquals(1, publish(publisher, "weather.secret", 1).accepted());
    }

    @Test
    void aGrantForOnceIsForOneEvent() throws Exception {
        Node.Plugin one = node.plugin("one").serve();
        Permission tell = Permission.parse("event-publish:weather.*");
        node.grants.requests(one.id, List.of(tell));
        node.grants.give(Caller.plugin(one.id), PermissionRule.grants(tell), "test", "", Term.ONCE);
        assertEquals(0, publish(one, "weather.rain", 1).accepted());
        assertThrows(PermissionDeniedException.class, () -> publish(one, "weather.rain", 1));
    }

    @Test
    void theHostTakesPartThroughAnEndpoint() throws Exception {
        Node.Plugin one = subscriber("one");
        BlockingQueue<Event> got = subscribe(one, "t");
        Endpoint host = node.host();
        assertEquals(1, await(host.events().publish("t", "hello")).accepted());
        assertEquals(Caller.HOST, next(got).source());
        BlockingQueue<Event> heard = new LinkedBlockingQueue<>();
        await(host.events().subscribe("u.**", heard::add));
        Node.Plugin publisher = publisher();
        publish(publisher, "u.x", 7);
        assertEquals(7, next(heard).body());
        await(host.close());
        assertEquals(0, publish(publisher, "u.x", 7).accepted());
        assertFalse(host.events().publish("t", 1).succeeded());
    }

    @Test
    void aBridgeUserNeedsGrants() throws Exception {
        Endpoint ann = node.messaging.endpoint(Caller.user("ann"));
        assertThrows(PermissionDeniedException.class, () -> await(ann.events().publish("t", 1)));
        node.grants.grant(Caller.user("ann"), Permission.parse("event-publish:t"), "test", "");
        assertEquals(0, await(ann.events().publish("t", 1)).accepted());
    }
}
