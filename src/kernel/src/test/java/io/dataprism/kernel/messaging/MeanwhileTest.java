package io.dataprism.kernel.messaging;

import static io.dataprism.kernel.messaging.Node.await;
import static io.dataprism.kernel.messaging.Node.next;
import static io.dataprism.kernel.messaging.Node.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.dataprism.api.CallOptions;
import io.dataprism.api.Capabilities;
import io.dataprism.api.Channel;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PermissionDeniedException;
import io.dataprism.api.PluginException;
import io.dataprism.api.Publication;
import io.dataprism.api.SubscribeOptions;
import io.dataprism.kernel.vertx.BusAccess;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What ends on one thread while another one is in the middle of using it. */
class MeanwhileTest {
    private final Node node = new Node();
    private final LocalMessaging messaging = (LocalMessaging) node.messaging;
    private final BlockingQueue<Object> got = new LinkedBlockingQueue<>();

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    /** JSON of which an item is read only once {@code action} was done, as on a blocking thread that waits. */
    private static JsonArray reading(Runnable action) {
        return new JsonArray(new AbstractList<Object>() {
            @Override
            public int size() {
                return 1;
            }

            @Override
            public Object get(int index) {
                action.run();
                return "too late";
            }
        });
    }

    private Node.Plugin victim() throws Exception {
        Node.Plugin victim = node.serving(
                "victim",
                Capabilities.of("cap", call -> {
                    got.add(call);
                    return Future.succeededFuture("done");
                }),
                "event-subscribe",
                "channel");
        victim.run(() -> victim.endpoint.events().subscribe("t", got::add));
        return victim;
    }

    @Test
    void anEventWhoseGrantGoesWhileItIsReadIsNotPublished() throws Exception {
        victim();
        Node.Plugin plugin = node.plugin("p", "event-publish").serve();
        Future<Publication> published =
                plugin.endpoint.events().publish("t", reading(() -> node.grants.revoke(plugin.id, "event-publish")));
        assertThrows(PermissionDeniedException.class, () -> await(published));
        assertTrue(got.isEmpty());
    }

    @Test
    void aCallWhoseGrantGoesWhileItIsReadIsNotMade() throws Exception {
        victim();
        Node.Plugin plugin = node.plugin("p", "call").serve();
        Future<Object> called =
                plugin.endpoint.calls().call("victim", "cap", reading(() -> node.grants.revoke(plugin.id, "call")));
        assertEquals(
                FailureKind.DENIED,
                assertThrows(CallException.class, () -> await(called)).kind());
        assertTrue(got.isEmpty());
    }

    @Test
    void whoLeavesWhileABroadcastGoesRoundKeepsNoOtherFromIt() throws Exception {
        Channel channel = await(node.host().channels().create("talk", Set.of()));
        for (String participant : List.of("raw", "leaver", "victim")) {
            await(channel.admit(participant));
        }
        Node.Plugin victim = victim();
        victim.run(() -> victim.endpoint
                .channels()
                .join("talk")
                .map(joined -> joined.onMessage(message -> {
                    got.add(message.message());
                    return null;
                })));
        node.vertx.eventBus().consumer("channel:talk:raw", message -> {});
        node.vertx.eventBus().addOutboundInterceptor(delivery -> {
            if (delivery.message().address().equals("channel:talk:raw")) {
                channel.expel("leaver");
            }
            delivery.next();
        });
        await(channel.broadcast("hello"));
        assertEquals("hello", next(got));
        assertEquals(Set.of("host", "raw", "victim"), channel.participants());
    }

    @Test
    void whatAPluginSaysAfterItsEndIsNotHeard() throws Exception {
        Node.Plugin victim = victim();
        Node.Plugin plugin =
                node.plugin("p", "call", "event-publish", "channel").serve();
        Channel channel = plugin.run(() -> plugin.endpoint.channels().create("talk", Set.of("victim")));
        victim.run(() -> victim.endpoint
                .channels()
                .join("talk")
                .map(joined -> joined.onMessage(message -> {
                    got.add(message);
                    return null;
                })));
        Runnable end = () -> plugin.endpoint.close();
        assertThrows(PluginException.class, () -> await(plugin.endpoint.events().publish("t", reading(end))));
        assertThrows(CallException.class, () -> await(plugin.endpoint.calls().call("victim", "cap", reading(end))));
        assertThrows(PluginException.class, () -> await(channel.send("victim", reading(end))));
        victim.run(Future::succeededFuture);
        assertTrue(got.isEmpty());
    }

    @Test
    void aChannelMessageOfAMemberThatLeavesWhileItIsReadIsNotSent() throws Exception {
        Node.Plugin victim = victim();
        Node.Plugin plugin = node.plugin("p", "channel").serve();
        Channel theirs = victim.run(() -> victim.endpoint.channels().create("talk", Set.of("p")));
        Channel channel = plugin.run(() -> plugin.endpoint.channels().join("talk"));
        assertThrows(PluginException.class, () -> await(channel.send("victim", reading(() -> theirs.expel("p")))));
    }

    @Test
    void aWaitThatBeginsAfterTheEndFailsAtOnce() throws Exception {
        victim();
        Node.Plugin plugin = node.plugin("p", "call").serve();
        Party party = (Party) plugin.endpoint;
        plugin.endpoint.close();
        Future<Object> called = messaging
                .calls()
                .call(new CallRequest<>(party, party.caller, "victim", "cap", null, 1_000_000_000_000L));
        assertEquals(
                FailureKind.CANCELLED,
                assertThrows(CallException.class, () -> await(called)).kind());
        until(party.pending::isEmpty);
        assertTrue(got.isEmpty());
    }

    @Test
    void aRetryAsksTheGateAgain() throws Exception {
        Node.Plugin victim = victim();
        Node.Plugin plugin = node.plugin("p", "call").serve();
        Runnable release = victim.block();
        List<Future<Object>> filling = new ArrayList<>();
        for (int i = 0; i < Node.SMALL.mailbox().messages(); i++) {
            filling.add(plugin.start(() -> plugin.endpoint.calls().call("victim", "cap", null)));
        }
        Future<Object> retried = plugin.start(() -> plugin.endpoint
                .calls()
                .call(
                        "victim",
                        "cap",
                        null,
                        CallOptions.within(Duration.ofSeconds(15)).retrying(10)));
        plugin.run(Future::succeededFuture);
        node.grants.revoke(plugin.id, "call");
        CallException denied = assertThrows(CallException.class, () -> await(retried));
        assertEquals(FailureKind.DENIED, denied.kind());
        release.run();
        await(Future.all(filling));
    }

    @Test
    void aCallThatWaitedForAStartAsksTheGateAgain() throws Exception {
        Promise<Void> started = Promise.promise();
        messaging.activator(StatesActivator.starting(id -> started.future()));
        Node.Plugin plugin = node.plugin("p", "call").serve();
        Future<Object> called = plugin.start(() -> plugin.endpoint.calls().call("victim", "cap", null));
        plugin.run(Future::succeededFuture);
        assertFalse(called.isComplete());
        node.grants.revoke(plugin.id, "call");
        victim();
        started.complete();
        assertEquals(
                FailureKind.DENIED,
                assertThrows(CallException.class, () -> await(called)).kind());
        assertTrue(got.isEmpty());
    }

    @Test
    void aSubscriptionMadeWhileItsPluginEndsIsNotKept() throws Exception {
        Node.Plugin plugin = node.plugin("p", "event-subscribe:t").serve();
        Party party = (Party) plugin.endpoint;
        TopicSubscription caught = new TopicSubscription(
                party,
                "t",
                SubscribeOptions.DEFAULT,
                got::add,
                messaging.events().topics());
        // As far as a thread came that subscribes; the other one ends what it finds, and the first goes on.
        party.subscriptions.add(caught);
        plugin.endpoint.close();
        messaging.events().topics().add(caught);
        caught.end();
        assertEquals(0, messaging.events().topics().subscriptions("t").length);
        assertThrows(
                PluginException.class,
                () -> messaging.events().subscribe(party, "t", SubscribeOptions.DEFAULT, got::add));
        assertEquals(0, messaging.events().topics().subscriptions("t").length);
    }

    @Test
    void aChannelEndsWithItsCreatorEvenWhenThatHasLeft() throws Exception {
        Node.Plugin owner = node.plugin("owner", "channel").serve();
        Node.Plugin guest = node.plugin("guest", "channel").serve();
        Channel first = owner.run(() -> owner.endpoint.channels().create("room", Set.of("guest")));
        owner.run(first::leave);
        Channel second = guest.run(() -> guest.endpoint.channels().join("room"));
        await(owner.endpoint.close());
        assertFalse(((Member) second).isActive());
        guest.run(() -> guest.endpoint.channels().create("room", Set.of()));
    }

    @Test
    void aChannelClosedWhileSomebodyJoinsIsNotJoined() throws Exception {
        Node.Plugin owner = node.plugin("owner", "channel").serve();
        Node.Plugin guest = node.plugin("guest", "channel").serve();
        Member first = (Member) owner.run(() -> owner.endpoint.channels().create("room", Set.of("guest")));
        Party party = (Party) guest.endpoint;
        Member second = ((LocalChannel) first.channel()).join(party);
        owner.run(first::close);
        party.memberships.add(second);
        assertThrows(PluginException.class, () -> messaging.channels().joined(second));
        assertTrue(party.memberships.isEmpty());
        assertFalse(new BusAccess(node.vertx).hasConsumers("channel:room:guest"));
    }

    @Test
    void aPublisherIsToldUnderNobodysLock() throws Exception {
        Node.Plugin plugin = node.plugin("p").serve();
        HeldEvent held = new HeldEvent();
        held.ask();
        boolean locked = plugin.run(() -> {
            Future<Boolean> told = held.future((Party) plugin.endpoint, new Publication(0, List.of()))
                    .map(publication -> Thread.holdsLock(held));
            held.admitted();
            return told;
        });
        assertFalse(locked);
    }

    @Test
    void whatWasHeldForAPluginIsNotHandledOnceItsMailboxIsClosed() throws Exception {
        Node.Plugin publisher = node.plugin("publisher", "event-publish").serve();
        Node.Plugin slow = node.plugin("slow", "event-subscribe:t");
        slow.run(() -> slow.endpoint.events().subscribe("t", event -> {
            got.add(event.body());
            slow.deployment.mailbox().close();
        }));
        for (int i = 0; i < 10; i++) {
            int number = i;
            publisher.run(() -> publisher.endpoint.events().publish("t", number));
        }
        slow.run(Future::succeededFuture);
        slow.serve();
        assertEquals(0, next(got));
        until(() -> slow.deployment.mailbox().sliceStartedNanos().isEmpty());
        assertTrue(got.isEmpty());
    }
}
