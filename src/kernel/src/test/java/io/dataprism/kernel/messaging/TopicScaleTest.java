package io.dataprism.kernel.messaging;

import static io.dataprism.kernel.messaging.Node.await;
import static io.dataprism.kernel.messaging.Node.next;
import static io.dataprism.kernel.messaging.Node.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Event;
import io.dataprism.api.PluginException;
import io.dataprism.api.Publication;
import io.dataprism.api.Subscription;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Very many topics and patterns, very long and wrong names, and handlers that change the subscriptions. */
class TopicScaleTest {
    private static final int MILLION = 1_000_000;
    /** So many are on their way before anybody waits for what became of them. */
    private static final int WINDOW = 500;

    private static final int REMEMBERED = 10_000;

    private final Node node = new Node();

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    private Topics topics() {
        return ((LocalMessaging) node.messaging).events().topics();
    }

    /** Published to each once, in one thread; the subscriber counts. */
    @Test
    void aMillionTopicsLeaveNoMoreBehindThanTenThousand() throws Exception {
        Endpoint host = node.host();
        Node.Plugin plugin = node.plugin("counter", "event-subscribe:**").serve();
        AtomicLong sum = new AtomicLong();
        plugin.run(() -> plugin.endpoint.events().subscribe("sensor.**", event -> sum.addAndGet((int) event.body())));
        long expected = 0;
        for (int i = 0; i < MILLION; i += WINDOW) {
            List<Future<Publication>> told = new ArrayList<>();
            for (int k = i; k < i + WINDOW; k++) {
                told.add(host.events().publish("sensor.s" + k + ".heat", k));
                expected += k;
                assertTrue(topics().remembered() <= REMEMBERED, "remembered: " + topics().remembered());
            }
            await(Future.all(told));
            for (int k = 0; k < WINDOW; k++) {
                Publication publication = told.get(k).result();
                while (!publication.refused().isEmpty()) {
                    publication = await(host.events().publish("sensor.s" + (i + k) + ".heat", i + k));
                }
            }
        }
        assertTrue(topics().remembered() >= REMEMBERED / 2, "never all forgotten at once");
        long all = expected;
        until(() -> sum.get() == all);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", ".", "a.", ".a", "a..b", "a.*", "*", "**", "a.**", "a.**.b", "a*", "a b", "a/b", "\u00e4", "a.\n",
                "a.>", "a\u0000"
            })
    void whatIsNoTopicCannotBePublishedTo(String name) throws Exception {
        PluginException refused = assertThrows(
                PluginException.class, () -> await(node.host().events().publish(name, 1)));
        assertEquals("DP-0406", refused.code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "a.**.b", "**.a", "a*", "*a", "***", "a.***", "a b", "a..*"})
    void whatIsNoPatternCannotBeSubscribedTo(String pattern) throws Exception {
        PluginException refused = assertThrows(
                PluginException.class, () -> await(node.host().events().subscribe(pattern, event -> {})));
        assertEquals("DP-0406", refused.code());
        assertEquals(0, topics().remembered());
    }

    @Test
    void aNameOfTenThousandCharactersIsRefusedInAShortText() throws Exception {
        String word = "x".repeat(10_000);
        String words = "x.".repeat(4_999) + "xx";
        for (String name : List.of(word, words, words + ".*", words + ".**")) {
            for (Future<?> used : List.of(
                    node.host().events().publish(name, 1), node.host().events().subscribe(name, event -> {}))) {
                PluginException refused = assertThrows(PluginException.class, () -> await(used));
                assertEquals("DP-0406", refused.code());
                assertTrue(String.valueOf(refused.getMessage()).length() < 800, refused.getMessage());
            }
        }
        String longest = "x".repeat(512);
        BlockingQueue<Event> got = new LinkedBlockingQueue<>();
        await(node.host().events().subscribe("*", got::add));
        await(node.host().events().publish(longest, 1));
        assertEquals(longest, next(got).topic());
    }

    @Test
    void tenThousandPatternsAroundOneSubscriberDoNotReachIt() throws Exception {
        Node.Plugin crowd = node.plugin("crowd", "event-subscribe:**").serve();
        Node.Plugin one = node.plugin("one", "event-subscribe:**").serve();
        AtomicInteger wrong = new AtomicInteger();
        for (int i = 0; i < 2_500; i++) {
            for (String pattern : List.of("p" + i + ".*.x", "p" + i + ".**", "*.y" + i, "*.*.z" + i)) {
                await(crowd.endpoint.events().subscribe(pattern, event -> wrong.incrementAndGet()));
            }
        }
        BlockingQueue<Event> got = new LinkedBlockingQueue<>();
        one.run(() -> one.endpoint.events().subscribe("weather.*", got::add));
        for (int i = 0; i < 100; i++) {
            Publication told = await(node.host().events().publish("weather.w" + i, i));
            assertEquals(new Publication(1, List.of()), told);
            assertEquals(i, next(got).body());
        }
        assertEquals(0, wrong.get());
        crowd.run(() -> crowd.endpoint.events().unsubscribeAll());
        assertEquals(1, topics().subscriptions("weather.w1").length);
    }

    /** Who comes while an event is being handed on does not get that one; who goes gets nothing more. */
    @Test
    void handlersThatSubscribeAndCancelDisturbNobody() throws Exception {
        Node.Plugin plugin = node.plugin("busy", "event-subscribe:**").serve();
        Endpoint host = node.host();
        BlockingQueue<Object> steady = new LinkedBlockingQueue<>();
        Set<String> twice = ConcurrentHashMap.newKeySet();
        List<Subscription> held = new ArrayList<>();
        plugin.run(() -> plugin.endpoint.events().subscribe("t", event -> {
            Object now = event.body();
            held.forEach(Subscription::cancel);
            held.clear();
            plugin.endpoint
                    .events()
                    .subscribe("*", later -> {
                        if (later.body().equals(now) || !twice.add(now + " " + later.body())) {
                            node.failures.add(new Node.Failure(
                                    host.caller(), "again: " + later.body(), SafeFailure.copy(new Exception())));
                        }
                    })
                    .onSuccess(held::add);
        }));
        plugin.run(() -> plugin.endpoint.events().subscribe("**", event -> steady.add(event.body())));
        for (int i = 0; i < 500; i++) {
            while (!await(host.events().publish("t", i)).refused().isEmpty()) {
                Thread.onSpinWait();
            }
            assertEquals(i, next(steady));
        }
        // Which of the two handlers gets an event first is not said: the other one has subscribed, too, before the end
        // is published.
        plugin.run(() -> plugin.deployment.succeeded(null));
        assertTrue(node.failures.isEmpty(), node.failures::toString);
        await(host.events().publish("u", "end"));
        until(() -> twice.contains("499 end"));
        assertEquals(1, twice.stream().filter(heard -> heard.endsWith(" end")).count(), "only the last one is left");
    }
}
