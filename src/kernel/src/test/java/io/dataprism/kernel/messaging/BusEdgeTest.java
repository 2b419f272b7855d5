package io.dataprism.kernel.messaging;

import static io.dataprism.kernel.messaging.Node.await;
import static io.dataprism.kernel.messaging.Node.next;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallOptions;
import io.dataprism.api.Caller;
import io.dataprism.api.Capabilities;
import io.dataprism.api.Channel;
import io.dataprism.api.ChannelMessage;
import io.dataprism.api.Event;
import io.dataprism.api.PluginException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What host code with nothing but a raw event bus sees of plugins, and plugins of it. */
class BusEdgeTest {
    final Node node = new Node();
    final EventBus bus = node.vertx.eventBus();

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    @Test
    void aRequestReachesACapability() throws Exception {
        AtomicReference<Caller> seen = new AtomicReference<>();
        node.serving("x", Capabilities.of("cap", call -> {
            seen.set(call.caller());
            return Future.succeededFuture(
                    new JsonObject().put("got", call.json().getInteger("n")));
        }));
        Message<JsonObject> answer = await(bus.request("plugin:x:cap", new JsonObject().put("n", 1)));
        assertEquals(1, answer.body().getInteger("got"));
        assertEquals(Caller.HOST, seen.get());
    }

    @Test
    void aFailureComesBackWithItsKindAsTheCode() throws Exception {
        node.serving("x", Capabilities.of("cap", call -> {
            throw new PluginException("DP-1234", "no good");
        }));
        ReplyException failed = assertThrows(ReplyException.class, () -> await(bus.request("plugin:x:cap", null)));
        assertEquals(305, failed.failureCode());
        assertEquals("no good", failed.getMessage());
    }

    @Test
    void theAddressIsGoneWhenThePluginStops() throws Exception {
        Node.Plugin x = node.serving("x", Capabilities.of("cap", call -> Future.succeededFuture("yes")));
        assertEquals("yes", await(bus.request("plugin:x:cap", null)).body());
        await(x.endpoint.close());
        assertThrows(ReplyException.class, () -> await(bus.request("plugin:x:cap", null)));
    }

    @Test
    void aConsumerSeesWhatPluginsPublish() throws Exception {
        BlockingQueue<Message<JsonObject>> seen = new LinkedBlockingQueue<>();
        await(bus.<JsonObject>consumer("event:weather.update", seen::add).completion());
        Node.Plugin p =
                node.plugin("p", "event-publish:**", "event-subscribe:**").serve();
        BlockingQueue<Event> own = new LinkedBlockingQueue<>();
        p.run(() -> p.endpoint.events().subscribe("weather.*", event -> {
            assertThrows(UnsupportedOperationException.class, () -> ((JsonObject) event.body()).put("c", 99));
            own.add(event);
        }));
        p.run(() -> p.endpoint.events().publish("weather.update", new JsonObject().put("c", 21)));
        Message<JsonObject> message = next(seen);
        message.body().put("mine", "a consumer on the bus may change its own");
        assertEquals(21, message.body().getInteger("c"));
        assertEquals("plugin:p", message.headers().get(RemoteTrust.CALLER));
        next(own);
        p.run(() -> p.deployment.succeeded(null));
        assertTrue(own.isEmpty(), "no echo of its own event");
    }

    @Test
    void whatTheHostPublishesReachesSubscribersOfTopicsAndPatterns() throws Exception {
        Node.Plugin p = node.plugin("p", "event-subscribe:**").serve();
        BlockingQueue<Event> exact = new LinkedBlockingQueue<>();
        BlockingQueue<Event> wild = new LinkedBlockingQueue<>();
        p.run(() -> p.endpoint.events().subscribe("weather.update", exact::add));
        p.run(() -> p.endpoint.events().subscribe("weather.**", wild::add));
        BlockingQueue<Message<Object>> raw = new LinkedBlockingQueue<>();
        await(bus.consumer("event:weather.update", raw::add).completion());
        JsonObject body = new JsonObject().put("c", 21);
        bus.publish("event:weather.update", body);
        body.put("c", 22);
        assertEquals(Caller.HOST, next(exact).source());
        assertEquals(21, ((JsonObject) next(wild).body()).getInteger("c"));
        next(raw);
        assertTrue(exact.isEmpty() && wild.isEmpty() && raw.isEmpty());
    }

    @Test
    void oneHostSendersEventsAndCallsKeepTheirOrder() throws Exception {
        BlockingQueue<Object> got = new LinkedBlockingQueue<>();
        Node.Plugin p = node.serving(
                "p",
                Capabilities.of("cap", call -> {
                    got.add(call.body());
                    return Future.succeededFuture();
                }),
                "event-subscribe:**");
        p.run(() -> p.endpoint.events().subscribe("t.*", event -> got.add(event.body())));
        for (int i = 0; i < 90; i += 2) {
            bus.publish("event:t.x", i);
            bus.send("plugin:p:cap", i + 1);
        }
        for (int i = 0; i < 90; i++) {
            assertEquals(i, next(got));
        }
    }

    @Test
    void theHostTakesPartInAChannelOverTheRawBus() throws Exception {
        BlockingQueue<Message<JsonObject>> seen = new LinkedBlockingQueue<>();
        Node.Plugin p = node.plugin("p", "channel").serve();
        Channel channel = p.run(() -> p.endpoint.channels().create("talk", Set.of("host")));
        BlockingQueue<ChannelMessage> got = new LinkedBlockingQueue<>();
        channel.onMessage(message -> {
            got.add(message);
            return Future.succeededFuture("pong");
        });
        assertThrows(PluginException.class, () -> p.run(() -> channel.send("host", "nobody there")));
        await(bus.<JsonObject>consumer("channel:talk:host", message -> {
                    seen.add(message);
                    message.reply("host says hi");
                })
                .completion());
        p.run(() -> channel.send("host", new JsonObject().put("n", 1)));
        JsonObject body = next(seen).body();
        assertEquals("p", body.getString("from"));
        assertEquals("host", body.getString("to"));
        assertEquals(new JsonObject().put("n", 1), body.getJsonObject("message"));
        assertTrue(body.getLong("timestamp") > 0);
        assertEquals("host says hi", p.run(() -> channel.request("host", 1, CallOptions.DEFAULT)));

        JsonObject forged = new JsonObject().put("message", "ping").put("from", "somebody-else");
        assertEquals("pong", await(bus.request("channel:talk:p", forged)).body());
        ChannelMessage message = next(got);
        assertEquals("host", message.from());
        assertEquals("ping", message.message());
        ReplyException shapeless =
                assertThrows(ReplyException.class, () -> await(bus.request("channel:talk:p", "ping")));
        assertTrue(shapeless.getMessage().contains("'message'"));
    }

    @Test
    void aRequestOfTheHostEndsWithTheMemberThatItAsked() throws Exception {
        Node.Plugin p = node.plugin("p", "channel").serve();
        BlockingQueue<ChannelMessage> got = new LinkedBlockingQueue<>();
        Channel channel = p.run(() -> p.endpoint.channels().create("talk", Set.of("host")));
        channel.onMessage(message -> {
            got.add(message);
            return Promise.promise().future();
        });
        Future<Message<Object>> asked = bus.request("channel:talk:p", new JsonObject().put("message", "?"));
        next(got);
        p.run(channel::leave);
        ReplyException left = assertThrows(ReplyException.class, () -> await(asked));
        assertEquals("'p' left channel 'talk' before it answered.", left.getMessage());
    }

    @Test
    void theHostIsHeldToTheChannelsParticipants() throws Exception {
        Node.Plugin p = node.plugin("p", "channel").serve();
        p.run(() -> p.endpoint.channels().create("closed", Set.of())).onMessage(message -> Future.succeededFuture());
        ReplyException refused = assertThrows(
                ReplyException.class, () -> await(bus.request("channel:closed:p", new JsonObject().put("message", 1))));
        assertEquals("Plugin not authorized for this channel", refused.getMessage());
    }

    @Test
    void hostTrafficOfItsOwnIsLeftAlone() throws Exception {
        BlockingQueue<Message<Object>> seen = new LinkedBlockingQueue<>();
        await(bus.consumer("orders.create", seen::add).completion());
        bus.send("orders.create", "x", new io.vertx.core.eventbus.DeliveryOptions().addHeader("dp-caller", "mine"));
        assertEquals("mine", next(seen).headers().get("dp-caller"));
        bus.publish("event:not a topic", 1);
        bus.publish("event:nobody.listens", new JsonObject());
    }

    @Test
    void closingLeavesNothingBehindAndFreesThePrefix() throws Exception {
        Node.Plugin x = node.serving("x", Capabilities.of("cap", call -> Future.succeededFuture("yes")));
        assertThrows(
                PluginException.class,
                () -> Messaging.on(node.vertx, new MessagingOptions("", "n2"), node.gate, (who, where, failure) -> {}));
        Messaging other =
                Messaging.on(node.vertx, new MessagingOptions("other:", "n2"), node.gate, (who, where, failure) -> {});
        await(other.close());
        assertEquals("yes", await(bus.request("plugin:x:cap", null)).body());
        await(node.messaging.close());
        assertThrows(ReplyException.class, () -> await(bus.request("plugin:x:cap", null)));
        Messaging again =
                Messaging.on(node.vertx, new MessagingOptions("", "n3"), node.gate, (who, where, failure) -> {});
        await(again.close());
        assertFalse(x.endpoint.events().publish("t", 1).succeeded());
        assertEquals(List.of(), List.copyOf(node.failures));
    }
}
