package io.dataprism.kernel.messaging;

import static io.dataprism.kernel.messaging.Node.await;
import static io.dataprism.kernel.messaging.Node.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.dataprism.api.Capabilities;
import io.dataprism.api.Channel;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginException;
import io.dataprism.api.PublishOptions;
import io.dataprism.api.SubscribeOptions;
import io.dataprism.api.WhenFull;
import io.dataprism.kernel.contract.PluginContracts;
import io.dataprism.kernel.manifest.ManifestReader;
import io.dataprism.kernel.traffic.Kind;
import io.dataprism.kernel.traffic.Outcome;
import io.dataprism.kernel.traffic.Sighting;
import io.dataprism.kernel.traffic.Watch;
import io.dataprism.kernel.traffic.WatchOptions;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What somebody sees who watches a node's messages. */
class WatchTest {
    private final Node node = new Node();
    private final List<Sighting> seen = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    private Watch watch(WatchOptions options) {
        return node.messaging.traffic().watch("a test", options, () -> {});
    }

    @Test
    void aWatcherThatThrowsTroublesNoSenderAndIsToldOfTheNextMessage() throws Exception {
        Node.Plugin weather = node.plugin("weather", "event-publish:**").serve();
        AtomicInteger told = new AtomicInteger();
        Watch watch = node.messaging.traffic().watch("a test", WatchOptions.ALL.withPattern("weather.**"), () -> {
            if (told.incrementAndGet() == 1) {
                throw new AssertionError("not now");
            }
        });
        try (watch) {
            for (int i = 0; i < 3; i++) {
                await(weather.endpoint.events().publish("weather.update", "fine"));
            }
            lines(watch, 3);
            assertEquals(2, told.get(), "once it threw, then it was told that something waits, and that was enough");
        }
    }

    /** Wait until {@code count} lines have come in all. */
    private List<Sighting> lines(Watch watch, int count) throws Exception {
        until(() -> {
            seen.addAll(watch.take(100));
            return seen.size() >= count;
        });
        assertEquals(count, seen.size(), seen::toString);
        return seen;
    }

    private Node.Plugin listener(String name, String pattern) throws Exception {
        Node.Plugin listener = node.plugin(name, "event-subscribe:**").serve();
        listener.run(() -> listener.endpoint.events().subscribe(pattern, event -> {
            if ("bad".equals(event.body())) {
                throw new IllegalStateException("can't read that");
            }
        }));
        return listener;
    }

    @Test
    void anEventIsSeenWhenItIsPublishedAndWhenItIsHandled() throws Exception {
        listener("listener", "weather.*");
        Node.Plugin weather = node.plugin("weather", "event-publish:**").serve();
        try (Watch watch = watch(WatchOptions.ALL.withPattern("weather.**"))) {
            weather.run(() -> weather.endpoint.events().publish("weather.update", "fine"));
            weather.run(() -> weather.endpoint.events().publish("other", "fine"));
            List<Sighting> both = lines(watch, 2);
            Sighting published = both.get(0).kind() == Kind.EVENT ? both.get(0) : both.get(1);
            Sighting handled = both.get(0).kind() == Kind.EVENT ? both.get(1) : both.get(0);
            assertEquals(Kind.EVENT, published.kind());
            assertEquals("weather", published.from());
            assertEquals("event:weather.update", published.to());
            assertEquals(Outcome.TAKEN, published.outcome());
            assertEquals("1 took it", published.detail());
            assertEquals(Kind.HANDLED, handled.kind());
            assertEquals("listener", handled.receiver());
            assertEquals(Outcome.DONE, handled.outcome());
            assertEquals(published.id(), handled.id());
            assertEquals(Optional.empty(), published.body());
            assertFalse(handled.took().isZero());
        }
    }

    @Test
    void whoOnlyWantsFailuresSeesWhyAHandlerFailed() throws Exception {
        listener("listener", "weather.*");
        Node.Plugin weather = node.plugin("weather", "event-publish:**").serve();
        try (Watch watch = watch(WatchOptions.ALL.withFailuresOnly(true))) {
            weather.run(() -> weather.endpoint.events().publish("weather.update", "fine"));
            weather.run(() -> weather.endpoint.events().publish("weather.update", "bad"));
            Sighting failed = lines(watch, 1).get(0);
            assertEquals(Outcome.FAILED, failed.outcome());
            assertEquals("can't read that", failed.detail());
        }
    }

    @Test
    void aCallIsSeenWithItsAnswerAndWhatItCaused() throws Exception {
        node.serving("inner", Capabilities.of("cap", call -> Future.succeededFuture(new JsonObject().put("ok", 1))));
        Node.Plugin[] outer = new Node.Plugin[1];
        outer[0] = node.serving(
                "outer",
                Capabilities.of("cap", call -> outer[0].endpoint.calls().call("inner", "cap", null)),
                "call:inner:*");
        try (Watch watch = watch(WatchOptions.ALL.withKinds(Set.of(Kind.CALL, Kind.ANSWER)))) {
            await(node.host().calls().call("outer", "cap", null));
            List<Sighting> four = lines(watch, 4);
            Sighting first = four.get(0);
            assertEquals("host", first.from());
            assertEquals("plugin:outer:cap", first.to());
            Sighting second = four.get(1);
            assertEquals(Optional.of(first.id()), second.cause());
            Sighting innerAnswer = four.get(2);
            assertEquals(Kind.ANSWER, innerAnswer.kind());
            assertEquals(second.id(), innerAnswer.id());
            assertEquals("inner", innerAnswer.from());
            assertEquals("outer", innerAnswer.receiver());
            assertEquals(first.id(), four.get(3).id());
        }
    }

    @Test
    void whatTheGateRefusesIsSeen() throws Exception {
        Node.Plugin plugin = node.plugin("plugin").serve();
        try (Watch watch = watch(WatchOptions.ALL.withFailuresOnly(true))) {
            assertThrows(
                    CallException.class,
                    () -> plugin.run(() -> plugin.endpoint.calls().call("inner", "cap", null)));
            assertThrows(
                    PluginException.class,
                    () -> plugin.run(() -> plugin.endpoint.events().publish("t", null)));
            List<Sighting> refused = lines(watch, 2);
            assertEquals(Outcome.REFUSED, refused.get(0).outcome());
            assertEquals("event:t", refused.get(1).to());
        }
    }

    @Test
    void channelMessagesAreSeenWithWhoGotThem() throws Exception {
        Node.Plugin a = node.plugin("a", "channel").serve();
        Node.Plugin b = node.plugin("b", "channel").serve();
        Channel ofA = a.run(() -> a.endpoint.channels().create("talk", Set.of("b", "c")));
        Channel ofB = b.run(() -> b.endpoint.channels().join("talk"));
        ofB.onMessage(message -> Future.succeededFuture("well"));
        try (Watch watch = watch(WatchOptions.ALL.withPattern("channel:talk:*"))) {
            a.run(() -> ofA.send("b", "hello"));
            lines(watch, 2);
            seen.clear();
            a.run(() -> ofA.request("b", "how?", io.dataprism.api.CallOptions.DEFAULT));
            List<Sighting> asked = lines(watch, 2);
            assertEquals(Kind.REQUEST, asked.get(0).kind());
            assertEquals(Kind.ANSWER, asked.get(1).kind());
            assertEquals("b", asked.get(1).from());
            seen.clear();
            CallException nobody = assertThrows(CallException.class, () -> a.run(() -> ofA.send("c", "hello")));
            assertEquals(FailureKind.NOT_RUNNING, nobody.kind());
            assertEquals(Outcome.REFUSED, lines(watch, 1).get(0).outcome());
        }
    }

    @Test
    void bodiesAreShownOnWishAndWhatIsSensitiveIsNot() throws Exception {
        PluginContracts contracts =
                PluginContracts.of(ManifestReader.read("plugin.yaml", """
                id: shop
                version: 1.0.0
                main: org.example.Shop
                api: "*"
                category: utility
                capabilities: [pay]
                contracts:
                  capabilities:
                    pay:
                      request: {type: object, properties: {card: {type: string, sensitive: true}, amount: {type: number}}}
                      response: {type: object, properties: {receipt: {type: string, sensitive: true}}}
                """.getBytes(StandardCharsets.UTF_8))
                        .orThrow());
        Node.Plugin shop = node.new Plugin("shop", Set.of("pay"), contracts);
        shop.serve(Capabilities.of("pay", call -> Future.succeededFuture(new JsonObject().put("receipt", "r-17"))));
        try (Watch watch = watch(WatchOptions.ALL.withBody(true).withKinds(Set.of(Kind.CALL, Kind.ANSWER)))) {
            await(node.host()
                    .calls()
                    .call("shop", "pay", new JsonObject().put("card", "4111").put("amount", 3)));
            List<Sighting> both = lines(watch, 2);
            assertEquals(
                    new JsonObject().put("card", "(hidden)").put("amount", 3),
                    both.get(0).body().orElseThrow());
            assertFalse(both.toString().contains("4111"));
            assertFalse(both.toString().contains("r-17"));
        }
    }

    @Test
    void aSampleIsOneOfMany() throws Exception {
        Node.Plugin weather = node.plugin("weather", "event-publish:**").serve();
        try (Watch watch = watch(WatchOptions.ALL.withOneOf(10))) {
            for (int i = 0; i < 100; i++) {
                weather.run(() -> weather.endpoint.events().publish("t", null));
            }
            lines(watch, 10);
        }
    }

    @Test
    void whoReadsTooSlowlyMissesLinesAndLearnsHowMany() throws Exception {
        Node.Plugin weather = node.plugin("weather", "event-publish:**").serve();
        try (Watch watch = watch(WatchOptions.ALL)) {
            weather.run(() -> {
                for (int i = 0; i < 10_500; i++) {
                    weather.endpoint.events().publish("t", null);
                }
                return Future.succeededFuture();
            });
            assertEquals(10_000, watch.take(20_000).size());
            assertEquals(500, watch.takeDropped());
            assertEquals(0, watch.takeDropped());
        }
    }

    @Test
    void whatAReceiverHasDroppedIsSeen() throws Exception {
        Node.Plugin newest = node.plugin("newest", "event-subscribe:**").serve();
        newest.run(() ->
                newest.endpoint.events().subscribe("t", SubscribeOptions.whenFull(WhenFull.KEEP_LATEST), event -> {}));
        Node.Plugin weather = node.plugin("weather", "event-publish:**").serve();
        Runnable release = newest.block();
        try (Watch watch = watch(WatchOptions.ALL.withFailuresOnly(true))) {
            weather.run(() -> {
                for (int i = 0; i < Node.SMALL.mailbox().messages() + 3; i++) {
                    weather.endpoint.events().publish("t", i);
                }
                return Future.succeededFuture();
            });
            Sighting dropped = lines(watch, 2).get(0);
            assertEquals(Outcome.DROPPED, dropped.outcome());
            assertEquals("newest", dropped.receiver());
        } finally {
            release.run();
        }
    }

    @Test
    void anEventThatStaysIsSeenAsAnyOtherIs() throws Exception {
        listener("listener", "weather.*");
        Node.Plugin weather = node.plugin("weather", "event-publish:**").serve();
        try (Watch watch = watch(WatchOptions.ALL.withKinds(Set.of(Kind.EVENT)))) {
            weather.run(() -> weather.endpoint.events().publish("weather.now", "fine", PublishOptions.RETAINED));
            weather.run(() -> weather.endpoint.events().publish("other", "fine", PublishOptions.RETAINED));
            List<Sighting> both = lines(watch, 2);
            assertEquals("weather", both.get(0).from());
            assertEquals("event:weather.now", both.get(0).to());
            assertEquals(Outcome.TAKEN, both.get(0).outcome());
            assertEquals("1 took it", both.get(0).detail());
            assertEquals(Outcome.NOBODY, both.get(1).outcome());
        }
    }

    @Test
    void anEventThatFindsNoRoomToStayIsSeenAsRefused() throws Exception {
        try (Node small = new Node(new RetainLimits(1, 1 << 20, 1, 1 << 20));
                Watch watch = small.messaging.traffic().watch("a test", WatchOptions.ALL, () -> {})) {
            Node.Plugin weather = small.plugin("weather", "event-publish:**").serve();
            weather.run(() -> weather.endpoint.events().publish("a", "fine", PublishOptions.RETAINED));
            assertThrows(
                    PluginException.class,
                    () -> weather.run(() -> weather.endpoint.events().publish("b", "fine", PublishOptions.RETAINED)));
            List<Sighting> both = lines(watch, 2);
            assertEquals("event:b", both.get(1).to());
            assertEquals(Outcome.REFUSED, both.get(1).outcome());
            assertTrue(both.get(1).detail().startsWith("Plugin 'weather' may not keep"), both::toString);
        }
    }

    @Test
    void whatHostCodePublishesOnTheRawBusIsSeenWhereNoPluginHearsIt() throws Exception {
        try (Watch watch = watch(WatchOptions.ALL)) {
            node.vertx.eventBus().publish("event:weather.update", "fine");
            node.vertx
                    .eventBus()
                    .publish("event:weather.now", "fine", new DeliveryOptions().addHeader("dp-retained", "true"));
            node.vertx.eventBus().publish("event:a..b", "fine");
            List<Sighting> all = lines(watch, 3);
            assertEquals(
                    Set.of("event:weather.update NOBODY", "event:weather.now NOBODY", "event:a..b REFUSED"),
                    all.stream().map(line -> line.to() + " " + line.outcome()).collect(Collectors.toSet()));
            assertTrue(all.stream().allMatch(line -> line.from().equals("host")), all::toString);
        }
    }

    @Test
    void nothingIsSeenAfterTheEnd() throws Exception {
        Watch watch = watch(WatchOptions.ALL);
        assertTrue(node.messaging.traffic().isWatched());
        watch.close();
        watch.close();
        assertFalse(node.messaging.traffic().isWatched());
        node.host().events().publish("t", null);
        assertTrue(watch.isEmpty());
    }
}
