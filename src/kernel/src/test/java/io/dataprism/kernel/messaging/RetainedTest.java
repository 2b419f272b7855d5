package io.dataprism.kernel.messaging;

import static io.dataprism.kernel.messaging.Node.await;
import static io.dataprism.kernel.messaging.Node.next;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.dataprism.api.Caller;
import io.dataprism.api.Event;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.api.Publication;
import io.dataprism.api.PublishOptions;
import io.dataprism.api.SubscribeOptions;
import io.dataprism.api.TableHandle;
import io.dataprism.api.WhenFull;
import io.dataprism.kernel.testing.StackEnd;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The last value of a topic, for who subscribes later. */
class RetainedTest {
    private final Node node = new Node();
    private Node.Plugin sensor;
    private Node.Plugin board;

    @BeforeEach
    void deploy() throws Exception {
        sensor = node.plugin("sensor", "event-publish:**").serve();
        board = node.plugin("board", "event-subscribe:**").serve();
    }

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    private Publication keep(String topic, Object body) throws Exception {
        return sensor.run(() -> sensor.endpoint.events().publish(topic, body, PublishOptions.RETAINED));
    }

    private Publication publish(String topic, Object body) throws Exception {
        return sensor.run(() -> sensor.endpoint.events().publish(topic, body));
    }

    private static BlockingQueue<Event> subscribe(Node.Plugin plugin, String pattern) throws Exception {
        BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        plugin.run(() -> plugin.endpoint.events().subscribe(pattern, events::add));
        return events;
    }

    private static List<String> texts(BlockingQueue<Event> events, int count) throws Exception {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Event event = next(events);
            texts.add(event.topic() + "=" + event.body() + (event.retained() ? " retained" : ""));
        }
        return texts;
    }

    @Test
    void whoSubscribesLaterGetsTheLastValueFirstAndMarked() throws Exception {
        BlockingQueue<Event> early = subscribe(board, "sensor.heat");
        keep("sensor.heat", 20);
        keep("sensor.heat", 21);
        BlockingQueue<Event> late = subscribe(board, "sensor.heat");
        keep("sensor.heat", 22);
        publish("sensor.heat", 23);
        assertEquals(List.of("sensor.heat=20", "sensor.heat=21", "sensor.heat=22", "sensor.heat=23"), texts(early, 4));
        Event first = next(late);
        assertEquals(21, first.body());
        assertTrue(first.retained());
        assertEquals(Caller.plugin(sensor.id), first.source());
        assertEquals(List.of("sensor.heat=22", "sensor.heat=23"), texts(late, 2));
    }

    @Test
    void anEventThatIsNotRetainedLeavesTheValueAsItIs() throws Exception {
        keep("t", "state");
        publish("t", "passing");
        assertEquals(List.of("t=state retained"), texts(subscribe(board, "t"), 1));
    }

    @Test
    void aPatternGetsTheValuesOfAllItsTopicsInTheOrderTheyWerePublished() throws Exception {
        keep("sensor.b", 1);
        keep("sensor.a.deep", 2);
        keep("other", 3);
        keep("sensor.a", 4);
        assertEquals(List.of("sensor.b=1 retained", "sensor.a=4 retained"), texts(subscribe(board, "sensor.*"), 2));
        assertEquals(
                List.of("sensor.b=1 retained", "sensor.a.deep=2 retained", "sensor.a=4 retained"),
                texts(subscribe(board, "sensor.**"), 3));
        assertEquals(List.of("sensor.a.deep=2 retained"), texts(subscribe(board, "*.*.deep"), 1));
        BlockingQueue<Event> others = subscribe(board, "sensor.a.*.*");
        publish("sensor.a.b.c", "new");
        assertEquals(List.of("sensor.a.b.c=new"), texts(others, 1));
    }

    @Test
    void nullTakesItAwayAndIsToldToWhoListens() throws Exception {
        BlockingQueue<Event> early = subscribe(board, "t");
        keep("t", 1);
        keep("t", null);
        assertEquals(List.of("t=1", "t=null"), texts(early, 2));
        BlockingQueue<Event> late = subscribe(board, "t");
        publish("t", 2);
        assertEquals(List.of("t=2"), texts(late, 1));
    }

    /** However publishing and subscribing meet: the value first, each newer one once, nothing older after it. */
    @Test
    void aSubscriptionThatMeetsAPublicationGetsEveryValueOnceAndInOrder() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(1);
        Endpoint host = node.host();
        Thread publisher = new Thread(() -> {
            for (int i = 0; !enough.get(); i++) {
                // Held by the subscription, so that its mailbox never overflows.
                host.events()
                        .publish("count", i, PublishOptions.RETAINED)
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
                begun.countDown();
            }
        });
        publisher.start();
        begun.await();
        try {
            for (int round = 0; round < 200; round++) {
                BlockingQueue<Event> got = new LinkedBlockingQueue<>();
                var subscription = board.run(() ->
                        board.endpoint.events().subscribe("count", SubscribeOptions.whenFull(WhenFull.HOLD), got::add));
                Event first = next(got);
                assertTrue(first.retained(), "first: " + first);
                Event second = next(got);
                assertFalse(second.retained());
                assertEquals((int) first.body() + 1, second.body());
                board.run(subscription::cancel);
            }
        } finally {
            enough.set(true);
            publisher.join();
        }
    }

    @Test
    void hostAndUsersGetItToo() throws Exception {
        keep("t", new JsonObject().put("on", true));
        BlockingQueue<Event> host = new LinkedBlockingQueue<>();
        await(node.host().events().subscribe("*", host::add));
        assertEquals(List.of("t={\"on\":true} retained"), texts(host, 1));
        BlockingQueue<Event> user = new LinkedBlockingQueue<>();
        await(node.user("ada", "event-subscribe:t").events().subscribe("t", user::add));
        assertEquals(List.of("t={\"on\":true} retained"), texts(user, 1));
    }

    @Test
    void hostCodeOnTheRawBusMayRetain() throws Exception {
        BlockingQueue<Event> early = subscribe(board, "t");
        node.vertx.eventBus().publish("event:t", 7, new DeliveryOptions().addHeader("dp-retained", "true"));
        assertEquals(List.of("t=7"), texts(early, 1));
        assertEquals(List.of("t=7 retained"), texts(subscribe(board, "t"), 1));
    }

    @Test
    void itStaysWhileItsPublisherIsStoppedAndGoesWhenThatIsUnloaded() throws Exception {
        keep("mine", 1);
        keep("taken", 1);
        await(node.host().events().publish("taken", 2, PublishOptions.RETAINED));
        await(sensor.endpoint.close());
        BlockingQueue<Event> all = subscribe(board, "**");
        assertEquals(List.of("mine=1 retained", "taken=2 retained"), texts(all, 2));
        node.messaging.unloaded(new PluginId("sensor"));
        Event gone = next(all);
        assertEquals("mine", gone.topic());
        assertEquals(null, gone.body());
        assertEquals(Caller.HOST, gone.source());
        assertEquals(List.of("taken=2 retained"), texts(subscribe(board, "**"), 1));
    }

    @Test
    void aRecordIsKeptAsItsJsonSoThatNoClassIs() throws Exception {
        sensor.endpoint.records().register(Reading.class);
        keep("t", new Reading(21));
        BlockingQueue<Event> own = subscribe(board, "t");
        assertEquals(new JsonObject().put("celsius", 21), next(own).body());
        assertFalse(
                ((LocalMessaging) node.messaging)
                                .events()
                                .retained()
                                .matching("t")
                                .get(0)
                                .body
                        instanceof SharedRecord);
    }

    record Reading(int celsius) {}

    @Test
    void whoGetsAValueMayUseTheHandlesInIt() throws Exception {
        TableHandle table = new TableHandle("n1", "sensor", "t-1-random", java.time.Instant.MAX);
        Node.Plugin curious =
                node.plugin("curious", "event-subscribe:**", "event-publish:**").serve();
        keep("tables.new", new JsonObject().put("table", table.toJson()));
        assertEquals(
                "DP-0423",
                assertThrows(
                                PluginException.class,
                                () -> curious.run(
                                        () -> curious.endpoint.events().publish("x", table)))
                        .code());
        next(subscribe(curious, "tables.*"));
        curious.run(() -> curious.endpoint.events().publish("x", table));
    }

    @Test
    void whatOnePluginKeepsIsBoundedAndItIsTold() throws Exception {
        RetainLimits limits = new RetainLimits(5, 1 << 20, 3, 100_000);
        try (Node small = new Node(limits)) {
            Node.Plugin one = small.plugin("one", "event-publish:**").serve();
            Node.Plugin two = small.plugin("two", "event-publish:**").serve();
            for (int i = 0; i < 3; i++) {
                keep(one, "a" + i, i);
            }
            keep(one, "a0", "again");
            PluginException many = assertThrows(PluginException.class, () -> keep(one, "a3", 3));
            assertEquals("DP-0424", many.code());
            assertEquals(
                    "Plugin 'one' may not keep a value for topic 'a3': it keeps 3 values of 660 bytes, and 3 values of 100000 bytes are"
                            + " allowed for a publisher. Publish null, retained, to topics whose value nobody needs any more.",
                    many.getMessage().replaceAll("of \\d+ bytes, and", "of 660 bytes, and"));
            keep(two, "b0", 0);
            keep(two, "b1", 1);
            assertEquals(
                    "DP-0425",
                    assertThrows(PluginException.class, () -> keep(two, "b2", 2))
                            .code());
            keep(one, "a1", null);
            keep(two, "b2", 2);
            assertEquals(
                    "DP-0424",
                    assertThrows(PluginException.class, () -> keep(two, "b2", Buffer.buffer(new byte[100_000])))
                            .code());
        }
    }

    private static void keep(Node.Plugin plugin, String topic, Object body) throws Exception {
        plugin.run(() -> plugin.endpoint.events().publish(topic, body, PublishOptions.RETAINED));
    }

    @Test
    void whereTheMailboxHasNoRoomForTheValuesTheSubscriptionFails() throws Exception {
        for (int i = 0; i < 101; i++) {
            keep("many." + i, i);
        }
        CallException full = assertThrows(
                CallException.class,
                () -> board.run(() -> board.endpoint.events().subscribe("many.*", event -> {})));
        assertEquals(FailureKind.BUSY, full.kind());
        assertEquals(
                "plugin:board can't subscribe to 'many.*': its mailbox has no room for the 101 values that are kept"
                        + " there. Subscribe with WhenFull.HOLD, or to a narrower pattern.",
                full.getMessage());
        assertEquals(0, publish("many.0", 1).accepted());
        BlockingQueue<Event> got = new LinkedBlockingQueue<>();
        board.run(
                () -> board.endpoint.events().subscribe("many.*", SubscribeOptions.whenFull(WhenFull.HOLD), got::add));
        List<String> texts = texts(got, 101);
        assertEquals("many.0=0 retained", texts.get(0));
        assertEquals("many.100=100 retained", texts.get(100));
    }

    @Test
    void aPluginThatAnEventStartsGetsItOnceAndAfterOlderValues() throws Exception {
        keep("t.old", 0);
        node.messaging.activator(
                StatesActivator.starting(id -> Promise.<Void>promise().future()));
        node.messaging.dormant(new PluginId("lazy"), Set.of(), Set.of("t.*"));
        assertEquals(1, keep("t.new", 1).woken());
        publish("t.new", 2);
        Node.Plugin lazy = node.plugin("lazy", "event-subscribe:**");
        BlockingQueue<Event> got = subscribe(lazy, "t.*");
        keep("t.new", 3);
        lazy.serve();
        assertEquals(List.of("t.old=0 retained", "t.new=1", "t.new=2", "t.new=3"), texts(got, 4));
    }

    @Test
    void retainingNeedsThePermissionToPublish() throws Exception {
        Node.Plugin poor = node.plugin("poor", "event-publish:own").serve();
        Future<Publication> denied =
                poor.start(() -> poor.endpoint.events().publish("other", 1, PublishOptions.RETAINED));
        assertThrows(PluginException.class, () -> await(denied));
        BlockingQueue<Event> got = subscribe(board, "**");
        publish("mark", 1);
        assertEquals(List.of("mark=1"), texts(got, 1));
    }

    /** A publisher that calls itself until its stack ends, and publishes there: what is counted for all must not break off in the middle. */
    @Test
    void whatIsKeptWhereAStackEndsIsCountedAsEverywhere() throws Exception {
        try (Node small = new Node(new RetainLimits(3, 1 << 20, 3, 1 << 20))) {
            Node.Plugin deep = small.plugin("deep", "event-publish:**").serve();
            StackEnd end = new StackEnd(1 << 20, 50 << 10);
            for (int place = 0; place <= StackEnd.PLACES; place++) {
                int position = place;
                deep.run(() -> {
                    end.run(
                            position,
                            () -> deep.endpoint.events().publish("deep.0", position, PublishOptions.RETAINED));
                    return Future.succeededFuture();
                });
            }
            for (String topic : List.of("deep.0", "deep.1", "deep.2")) {
                deep.run(() -> deep.endpoint.events().publish(topic, "x", PublishOptions.RETAINED));
            }
            assertThrows(
                    PluginException.class,
                    () -> deep.run(() -> deep.endpoint.events().publish("deep.3", "x", PublishOptions.RETAINED)));
        }
    }
}
