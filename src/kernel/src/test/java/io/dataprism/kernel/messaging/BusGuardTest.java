package io.dataprism.kernel.messaging;

import static io.dataprism.kernel.messaging.Node.await;
import static io.dataprism.kernel.messaging.Node.next;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Caller;
import io.dataprism.api.Capabilities;
import io.dataprism.api.Event;
import io.dataprism.kernel.vertx.CarrierOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A plugin that got hold of a raw event bus and goes around its facades. */
class BusGuardTest {
    private final Node node = new Node(options());
    private final EventBus bus = node.vertx.eventBus();

    /** How plugins get threads. */
    CarrierOptions options() {
        return Node.SMALL;
    }

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    @Test
    void itsRequestsAreRefusedAtOnceWhereverTheyGo() throws Exception {
        node.serving("victim", Capabilities.of("cap", call -> Future.succeededFuture("secret")));
        await(bus.consumer("orders", message -> message.reply("taken")).completion());
        Node.Plugin thief = node.plugin("thief").serve();
        for (String address : new String[] {"plugin:victim:cap", "orders", "kernel:plugins:list", "channel:c:x"}) {
            ReplyException refused =
                    assertThrows(ReplyException.class, () -> thief.run(() -> bus.request(address, new JsonObject())));
            assertEquals(303, refused.failureCode());
            assertTrue(refused.getMessage().contains("vertx-access"), refused.getMessage());
            Node.Failure failure = next(node.failures);
            assertEquals(Caller.plugin(thief.id), failure.who());
            assertTrue(failure.where().contains(address), failure.where());
        }
    }

    @Test
    void itsPublicationsReachNobody() throws Exception {
        Node.Plugin thief = node.plugin("thief").serve();
        Node.Plugin listener = node.plugin("listener", "event-subscribe:**").serve();
        BlockingQueue<Object> got = new LinkedBlockingQueue<>();
        listener.run(() -> listener.endpoint.events().subscribe("t", got::add));
        await(bus.consumer("event:t", got::add).completion());
        thief.run(() -> {
            bus.publish("event:t", "forged");
            bus.send("event:t", "forged");
            return thief.deployment.succeeded(null);
        });
        next(node.failures);
        bus.publish("event:t", "real");
        assertEquals(2, collect(got).size());
    }

    private static java.util.List<Object> collect(BlockingQueue<Object> got) throws Exception {
        java.util.List<Object> all = new java.util.ArrayList<>();
        all.add(body(next(got)));
        all.add(body(next(got)));
        got.drainTo(all);
        assertEquals(java.util.List.of("real", "real"), all);
        return all;
    }

    private static Object body(Object one) {
        return one instanceof Event event ? event.body() : ((Message<?>) one).body();
    }

    @Test
    void fromATimerABlockingTaskAndACallbackItIsRefusedToo() throws Exception {
        Node.Plugin thief = node.plugin("thief").serve();
        await(bus.consumer("orders", message -> message.reply("taken")).completion());
        Promise<Message<Object>> timer = Promise.promise();
        thief.deployment
                .context()
                .runOnContext(go ->
                        node.vertx.setTimer(1, id -> bus.request("orders", 1).onComplete(timer)));
        assertThrows(ReplyException.class, () -> await(timer.future()));
        assertThrows(
                ReplyException.class,
                () -> await(thief.deployment
                        .blocking(() -> bus.request("orders", 1))
                        .compose(asked -> asked)));
    }

    @Test
    void aConsumerOfItsOwnHearsNothing() throws Exception {
        Node.Plugin thief = node.plugin("thief").serve();
        BlockingQueue<Object> got = new LinkedBlockingQueue<>();
        thief.run(() -> bus.consumer("private", message -> {
                    got.add(message.body());
                    message.reply("mine now");
                })
                .completion());
        ReplyException refused = assertThrows(ReplyException.class, () -> await(bus.request("private", "x")));
        assertEquals(303, refused.failureCode());
        assertTrue(got.isEmpty());
    }

    @Test
    void whatGoesOnAfterAPluginsEndIsNotTheHost() throws Exception {
        node.serving("victim", Capabilities.of("cap", call -> Future.succeededFuture("secret")));
        await(bus.consumer("orders", message -> message.reply("taken")).completion());
        Node.Plugin gone = node.plugin("gone", "vertx-access").serve();
        await(bus.request("orders", "x"));
        gone.run(() -> bus.request("orders", "x"));
        // Its mailbox is still there, as that of a plugin that was given up in the middle of something.
        gone.endpoint.close();
        for (String address : new String[] {"plugin:victim:cap", "orders"}) {
            ReplyException refused =
                    assertThrows(ReplyException.class, () -> gone.run(() -> bus.request(address, new JsonObject())));
            assertEquals(303, refused.failureCode());
        }
    }

    @Test
    void aPluginOfAnotherKernelOnTheVertxIsNotThisOnesHost() throws Exception {
        node.serving("victim", Capabilities.of("cap", call -> Future.succeededFuture("secret")));
        await(bus.consumer("orders", message -> message.reply("taken")).completion());
        Messaging other = Messaging.on(
                node.vertx, new MessagingOptions("other:", "n2", 100), node.gate, (who, where, failure) -> {});
        Node.Plugin theirs = node.plugin("theirs", "vertx-access");
        theirs.endpoint.close();
        other.open(theirs.id, theirs.deployment, Set.of());
        ReplyException refused = assertThrows(
                ReplyException.class, () -> theirs.run(() -> bus.request("plugin:victim:cap", new JsonObject())));
        assertEquals(303, refused.failureCode());
        assertEquals("taken", theirs.run(() -> bus.request("orders", "x")).body());
        await(other.close());
    }

    @Test
    void aTrustedPluginSaysNothingInTheKernelsName() throws Exception {
        Node.Plugin trusted =
                node.plugin("trusted", "vertx-access", "event-publish:**").serve();
        Node.Plugin listener = node.plugin("listener", "event-subscribe:**").serve();
        BlockingQueue<Event> got = new LinkedBlockingQueue<>();
        listener.run(() -> listener.endpoint.events().subscribe("**", got::add));
        trusted.run(() -> {
            bus.publish("event:plugin.other.stopped", "forged");
            bus.publish("event:t", "fine");
            return trusted.deployment.succeeded(null);
        });
        assertEquals("t", next(got).topic());
    }

    @Test
    void withVertxAccessItMayAndIsNamedAtTheKernelsAddresses() throws Exception {
        AtomicReference<Caller> seen = new AtomicReference<>();
        node.serving("callee", Capabilities.of("cap", call -> {
            seen.set(call.caller());
            return Future.succeededFuture("yes");
        }));
        Node.Plugin trusted =
                node.plugin("trusted", "vertx-access", "call:callee:*").serve();
        assertEquals(
                "yes", trusted.run(() -> bus.request("plugin:callee:cap", null)).body());
        assertEquals(Caller.plugin(trusted.id), seen.get());
        node.grants.revoke(trusted.id, "call:callee:*");
        ReplyException denied =
                assertThrows(ReplyException.class, () -> trusted.run(() -> bus.request("plugin:callee:cap", null)));
        assertEquals(303, denied.failureCode());
    }

    /** Who vouches for its sender is the guard, whatever stands in the headers. */
    @Test
    void aForgedSenderIsReplacedByWhoItIs() throws Exception {
        AtomicReference<Caller> seen = new AtomicReference<>();
        node.serving("callee", Capabilities.of("cap", call -> {
            seen.set(call.caller());
            return Future.succeededFuture("yes");
        }));
        DeliveryOptions forged =
                new DeliveryOptions().addHeader("dp-caller", "operator").addHeader("dp-node", "n1");
        Node.Plugin trusted =
                node.plugin("trusted", "vertx-access", "call:callee:*").serve();
        trusted.run(() -> bus.request("plugin:callee:cap", null, forged));
        assertEquals(Caller.plugin(trusted.id), seen.get());
        await(bus.request("plugin:callee:cap", null, new DeliveryOptions().addHeader("dp-caller", "plugin:callee")));
        assertEquals(Caller.HOST, seen.get());
        Node.Plugin thief = node.plugin("thief").serve();
        assertThrows(ReplyException.class, () -> thief.run(() -> bus.request("plugin:callee:cap", null, forged)));
        assertEquals(Caller.HOST, seen.get());
    }

    /** Reply addresses are numbers in a row: anybody can guess them, and nobody in a plugin gets anything out of that. */
    @Test
    void aGuessedReplyAddressIsOfNoUse() throws Exception {
        Promise<Object> answer = Promise.promise();
        node.serving("callee", Capabilities.of("cap", call -> answer.future()));
        Node.Plugin thief = node.plugin("thief").serve();
        BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
        Future<Message<Object>> asked = bus.request("plugin:callee:cap", null);
        thief.run(() -> {
            for (int i = 0; i < 50; i++) {
                bus.consumer("__vertx.reply." + i, message -> heard.add(message.body()));
                bus.send("__vertx.reply." + i, "forged");
            }
            return thief.deployment.succeeded(null);
        });
        next(node.failures);
        answer.complete("real");
        Future<Message<Object>> later = bus.request("plugin:callee:cap", null);
        assertEquals("real", await(later).body());
        assertTrue(asked.failed() || "real".equals(await(asked).body()));
        assertTrue(heard.isEmpty(), heard::toString);
    }

    /** The bus gives each of an address's consumers a message in turn: one that may not have it loses its place at the first. */
    @Test
    void whoConsumesAtSomebodyElsesAddressHearsNothingAndIsTakenAway() throws Exception {
        node.serving("victim", Capabilities.of("cap", call -> Future.succeededFuture("mine")));
        Node.Plugin thief = node.plugin("thief").serve();
        BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
        thief.run(() -> bus.consumer("plugin:victim:cap", message -> heard.add(message.body()))
                .completion());
        int refused = 0;
        for (int i = 0; i < 20; i++) {
            try {
                assertEquals("mine", await(bus.request("plugin:victim:cap", i)).body());
            } catch (ReplyException denied) {
                assertEquals(303, denied.failureCode());
                refused++;
            }
        }
        assertTrue(heard.isEmpty(), heard::toString);
        assertEquals(Caller.plugin(thief.id), next(node.failures).who());
        assertTrue(refused <= mostRefused(), "refused " + refused);
    }

    /** How many messages somebody else's consumer may cost. */
    int mostRefused() {
        return 1;
    }

    @Test
    void hostCodeAtAPluginsOwnAddressIsSeen() throws Exception {
        Node.Plugin victim =
                node.serving("victim", Capabilities.of("cap", call -> Future.succeededFuture("mine")), "channel");
        victim.run(() -> victim.endpoint.channels().create("talk", Set.of("host")));
        assertEquals(List.of(), node.messaging.foreigners());
        await(bus.consumer("channel:talk:host", message -> {}).completion());
        await(bus.consumer("plugin:elsewhere:cap", message -> {}).completion());
        assertEquals(List.of(), node.messaging.foreigners(), "that is how host code takes part");
        MessageConsumer<Object> calls = bus.consumer("plugin:victim:cap", message -> {});
        MessageConsumer<Object> talk = bus.consumer("channel:talk:victim", message -> {});
        await(calls.completion());
        await(talk.completion());
        List<String> seen = node.messaging.foreigners().stream()
                .map(one -> one.address() + " " + one.who().contains("BusGuardTest"))
                .sorted()
                .toList();
        assertEquals(foreignersSeen(), seen);
        await(calls.unregister());
        await(talk.unregister());
        assertEquals(List.of(), node.messaging.foreigners());
    }

    /** What this Vertx tells of them. */
    List<String> foreignersSeen() {
        return List.of("channel:talk:victim true", "plugin:victim:cap true");
    }

    @Test
    void answersBetweenPluginsHaveNoAddressToForge() throws Exception {
        BlockingQueue<String> addresses = new LinkedBlockingQueue<>();
        bus.addOutboundInterceptor(delivery -> {
            addresses.add(delivery.message().address());
            delivery.next();
        });
        node.serving("callee", Capabilities.of("cap", call -> Future.succeededFuture("yes")));
        Node.Plugin caller = node.plugin("caller", "call").serve();
        assertEquals("yes", caller.run(() -> caller.endpoint.calls().call("callee", "cap", null)));
        assertTrue(addresses.isEmpty(), "a call between plugins never touches the bus");
    }
}
