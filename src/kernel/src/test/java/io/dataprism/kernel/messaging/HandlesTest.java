package io.dataprism.kernel.messaging;

import static io.dataprism.kernel.messaging.Node.await;
import static io.dataprism.kernel.messaging.Node.next;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.dataprism.api.CallOptions;
import io.dataprism.api.Caller;
import io.dataprism.api.Capabilities;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.api.TableHandle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may use a handle: who made it, and whom it was handed to. */
class HandlesTest {
    private static final TableHandle TABLE =
            new TableHandle("n1", "asker", "5f3b9c0d7e", Instant.parse("2030-01-01T00:00:00Z"));
    private final Node node = new Node();
    private final BlockingQueue<Object> used = new LinkedBlockingQueue<>();
    private Node.Plugin asker;
    private Node.Plugin thief;

    @BeforeEach
    void start() throws Exception {
        Capabilities keeping = Capabilities.of("create", call -> Future.succeededFuture(TABLE))
                .and("use", call -> {
                    used.add(String.valueOf(call.body()));
                    return Future.succeededFuture("used");
                });
        node.serving("keeper", keeping, "channel", "event-publish");
        asker = node.plugin("asker", "call", "event-publish", "channel").serve();
        thief = node.plugin("thief", "call", "event-publish", "event-subscribe", "channel")
                .serve();
        await(asker.endpoint.calls().call("keeper", "create", null));
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    private static Object use(Node.Plugin plugin, Object request) throws Exception {
        return await(plugin.endpoint.calls().<Object>call("keeper", "use", request));
    }

    /** As a plugin that read the id in somebody's log has it, in all the places where it can stand. */
    private static JsonObject stolen() {
        return new JsonObject().put("rows", new JsonArray().add(new JsonObject().put("data", TABLE.toJson())));
    }

    @Test
    void whoWasGivenItMayUseItAndNobodyElse() throws Exception {
        assertEquals("used", use(asker, TABLE));
        used.clear();
        for (Object request : new Object[] {TABLE, stolen(), new JsonArray().add(TABLE.toJson())}) {
            CallException denied = assertThrows(CallException.class, () -> use(thief, request));
            assertEquals(FailureKind.DENIED, denied.kind());
            assertEquals(
                    "DP-0423 plugin:thief may not use the handle '5f3b9c…': it was handed to others and never to it. Ask who"
                            + " holds it to pass it on in a message.",
                    denied.code() + " " + denied.getMessage());
        }
        assertTrue(used.isEmpty(), used.toString());
    }

    @Test
    void norMayItBePublishedAnsweredOrSaidInAChannel() throws Exception {
        assertEquals(
                "DP-0423",
                assertThrows(
                                PluginException.class,
                                () -> await(thief.endpoint.events().publish("x", stolen())))
                        .code());
        var room = await(thief.endpoint.channels().create("room", Set.of("asker")));
        assertEquals(
                "DP-0423",
                assertThrows(PluginException.class, () -> await(room.send("asker", stolen())))
                        .code());
        assertEquals(
                "DP-0423",
                assertThrows(PluginException.class, () -> await(room.request("asker", stolen(), CallOptions.DEFAULT)))
                        .code());
        node.serving("liar", Capabilities.of("give", call -> Future.succeededFuture(stolen())));
        CallException failed = assertThrows(
                CallException.class, () -> await(thief.endpoint.calls().call("liar", "give", null)));
        assertEquals("DP-0423", failed.code());
    }

    @Test
    void anEventHandsItOn() throws Exception {
        await(thief.endpoint.events().subscribe("shared", event -> used.add(event.body())));
        await(asker.endpoint.events().publish("shared", stolen()));
        next(used);
        assertEquals("used", use(thief, TABLE));
    }

    @Test
    void aChannelHandsItOn() throws Exception {
        var room = await(asker.endpoint.channels().create("room", Set.of("thief")));
        await(thief.endpoint.channels().join("room")).onMessage(message -> {
            used.add("message");
            return Future.succeededFuture();
        });
        await(room.send("thief", TABLE));
        next(used);
        assertEquals("used", use(thief, TABLE));
    }

    @Test
    void aBroadcastHandsItToEveryMemberAndToNobodyElse() throws Exception {
        Node.Plugin other = node.plugin("other", "call", "channel").serve();
        Node.Plugin outside = node.plugin("outside", "call", "channel").serve();
        var room = await(asker.endpoint.channels().create("room", Set.of("thief", "other", "outside")));
        for (Node.Plugin member : List.of(thief, other)) {
            await(member.endpoint.channels().join("room")).onMessage(message -> {
                used.add(member.id);
                return Future.succeededFuture();
            });
        }
        assertEquals(2, await(room.broadcast(stolen())).accepted());
        assertEquals(Set.of(thief.id, other.id), Set.of(next(used), next(used)));
        assertEquals("used", use(thief, TABLE));
        assertEquals("used", use(other, TABLE));
        assertThrows(CallException.class, () -> await(room.send("outside", TABLE)));
        assertThrows(CallException.class, () -> await(room.request("outside", TABLE, CallOptions.DEFAULT)));
        assertEquals(
                "DP-0423",
                assertThrows(CallException.class, () -> use(outside, TABLE)).code());
    }

    @Test
    void whatStartsAPluginHandsItOn() throws Exception {
        BlockingQueue<Promise<Void>> activations = new LinkedBlockingQueue<>();
        node.messaging.activator(StatesActivator.starting(id -> {
            Promise<Void> started = Promise.promise();
            activations.add(started);
            return started.future();
        }));
        node.messaging.dormant(new PluginId("by-event"), Set.of(), Set.of("shared"));
        await(asker.endpoint.events().publish("shared", stolen()));
        Promise<Void> first = next(activations);
        Node.Plugin byEvent = node.plugin("by-event", "call", "event-subscribe");
        byEvent.run(() -> byEvent.endpoint.events().subscribe("shared", event -> used.add(event.body())));
        byEvent.serve();
        first.complete();
        next(used);
        assertEquals("used", use(byEvent, TABLE));
        used.clear();

        node.messaging.dormant(new PluginId("by-call"), Set.of("cap"), Set.of());
        Future<Object> called = asker.endpoint.calls().call("by-call", "cap", TABLE);
        Promise<Void> second = next(activations);
        Node.Plugin byCall =
                node.serving("by-call", Capabilities.of("cap", call -> Future.succeededFuture(call.json())), "call");
        second.complete();
        assertEquals(TABLE.toJson(), await(called));
        assertEquals("used", use(byCall, TABLE));
        assertThrows(CallException.class, () -> use(thief, TABLE));
    }

    @Test
    void theHostMayUseEveryOne() throws Exception {
        assertEquals("used", await(node.host().calls().<String>call("keeper", "use", TABLE)));
    }

    @Test
    void whoWasStoppedHoldsNoneOnceItRunsAgain() throws Exception {
        await(asker.endpoint.close());
        await(asker.deployment.undeploy());
        Node.Plugin again = node.plugin("asker", "call").serve();
        assertThrows(CallException.class, () -> use(again, TABLE));
    }

    @Test
    void aUserOfTheBridgeIsHeldToIt() throws Exception {
        Endpoint ada = node.user("ada", "call:keeper:*");
        assertThrows(CallException.class, () -> await(ada.calls().call("keeper", "use", TABLE)));
        await(ada.calls().call("keeper", "create", null));
        assertEquals("used", await(ada.calls().<String>call("keeper", "use", TABLE)));
    }

    @Test
    void aHandleInsideAnotherIsCheckedToo() throws Exception {
        JsonObject own = new JsonObject()
                .put(
                        "$view",
                        new JsonObject().put("id", "mine").put("node", "n1").put("more", TABLE.toJson()));
        assertThrows(CallException.class, () -> use(thief, own));
    }

    @Test
    void thoseNotSeenForLongestAreForgottenBeyondABound() {
        Handles handles = new Handles("n1");
        for (int i = 0; i < 250_000; i++) {
            TableHandle made = new TableHandle("n1", "a", "id" + i, Instant.EPOCH);
            handles.require(Payloads.take(made), Caller.user("a"));
            assertTrue(handles.size() <= 100_001, "size " + handles.size());
        }
        TableHandle last = new TableHandle("n1", "a", "id249999", Instant.EPOCH);
        assertThrows(PluginException.class, () -> handles.require(Payloads.take(last), Caller.user("b")));
    }

    @Test
    void nothingIsKeptOfAnIdThatNoHandleHas() throws Exception {
        Handles handles = new Handles("n1");
        Object made = Payloads.take(new TableHandle("n1", "a", "x".repeat(129), Instant.EPOCH));
        PluginException refused = assertThrows(PluginException.class, () -> handles.require(made, Caller.user("a")));
        assertEquals("DP-0423", refused.code());
        handles.give(made, Caller.user("a"));
        assertEquals(0, handles.size());
    }

    @Test
    void aHandleOfAnotherNodeIsThatNodesToCheck() throws Exception {
        TableHandle elsewhere = new TableHandle("n2", "asker", "77", Instant.EPOCH);
        assertEquals("used", use(asker, elsewhere));
        assertEquals("used", use(thief, elsewhere));
    }

    @Test
    void whatOnlyLooksLikeAHandleIsJustJson() throws Exception {
        JsonObject odd = new JsonObject().put("$table", "text").put("$view", new JsonObject().put("id", 7));
        assertEquals("used", use(thief, odd));
    }
}
