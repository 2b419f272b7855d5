package io.dataprism.gateway;

import static io.dataprism.gateway.BridgeClient.frame;
import static io.dataprism.gateway.BridgedKernel.ADA;
import static io.dataprism.gateway.BridgedKernel.EVE;
import static io.dataprism.gateway.BridgedKernel.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallOptions;
import io.dataprism.api.Channel;
import io.dataprism.api.ChannelMessage;
import io.dataprism.api.Event;
import io.dataprism.api.PublishOptions;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client that behaves gets. */
final class BridgeSessionTest {
    private final BridgedKernel kernel = new BridgedKernel();
    private final BridgeClient ada = kernel.client(ADA);

    @AfterEach
    void close() {
        kernel.close();
    }

    @Test
    void aCallIsAnsweredAtItsReplyAddress() throws Exception {
        JsonObject body = new JsonObject().put("a", 1).put("b", new JsonArray().add("x"));
        JsonObject answer = ada.call("plugin:echo:say", body);
        assertEquals("rec", answer.getString("type"));
        assertEquals(body, answer.getJsonObject("body"));
    }

    @Test
    void everyPayloadPasses() throws Exception {
        for (Object body : new Object[] {null, "text", 7, 2.5, true, new JsonArray().add(1), new JsonObject()}) {
            JsonObject answer = ada.call("plugin:echo:say", body);
            assertEquals("rec", answer.getString("type"), answer::encode);
            assertEquals(body, answer.getValue("body"));
        }
        assertEquals("AQID", ada.call("plugin:echo:bytes", null).getString("body"));
    }

    @Test
    void theCallerIsTheTokensUserWhateverTheHeadersSay() throws Exception {
        JsonObject headers = new JsonObject()
                .put("dp-caller", "operator")
                .put("user", "root")
                .put("dp-node", "node-1");
        ada.send(frame("send", "plugin:echo:who").put("headers", headers).put("replyAddress", "r"));
        assertEquals("user:ada", ada.next().getString("body"));
    }

    @Test
    void whatFollowsARegistrationFindsItInForce() throws Exception {
        ada.send(frame("register", "event:weather.*"));
        ada.send(frame("publish", "event:weather.update").put("body", new JsonObject().put("t", 21)));
        JsonObject event = ada.next();
        assertEquals("rec", event.getString("type"));
        assertEquals("event:weather.*", event.getString("address"));
        assertEquals(21, event.getJsonObject("body").getInteger("t"));
        assertEquals("weather.update", event.getJsonObject("headers").getString("topic"));
        assertEquals("user:ada", event.getJsonObject("headers").getString("source"));
        assertFalse(event.getJsonObject("headers").containsKey("cause"));
        assertFalse(event.containsKey("replyAddress"));
    }

    @Test
    void whoRegistersLaterGetsTheLastValueFirst() throws Exception {
        await(kernel.host.events().publish("weather.update", 20, PublishOptions.RETAINED));
        ada.send(frame("register", "event:weather.*"));
        JsonObject last = ada.next();
        assertEquals(20, last.getInteger("body"));
        assertEquals("true", last.getJsonObject("headers").getString("retained"));
        await(kernel.host.events().publish("weather.update", 21, PublishOptions.RETAINED));
        JsonObject next = ada.next();
        assertEquals(21, next.getInteger("body"));
        assertFalse(next.getJsonObject("headers").containsKey("retained"));
    }

    private static JsonObject retained(Object wish, String topic, Object body) {
        return frame("publish", "event:" + topic)
                .put("headers", new JsonObject().put("retained", wish))
                .put("body", body);
    }

    /** What a topic keeps: null where that is nothing. */
    private Event kept(String topic) throws Exception {
        BlockingQueue<Event> values = new LinkedBlockingQueue<>();
        await(kernel.host.events().subscribe(topic, values::add));
        await(kernel.host.events().publish(topic, "newer"));
        Event first = values.poll(20, TimeUnit.SECONDS);
        return first.retained() ? first : null;
    }

    @Test
    void whatAClientPublishesRetainedStaysAndItsNullTakesItAway() throws Exception {
        ada.send(retained("true", "weather.text", 20));
        ada.send(retained(true, "weather.flag", 21));
        ada.send(retained("false", "weather.not", 22));
        ada.send(frame("publish", "event:weather.flag").put("body", 23));
        ada.settle();
        assertEquals(20, kept("weather.text").body());
        assertEquals("user:ada", kept("weather.text").source().toString());
        assertEquals(21, kept("weather.flag").body());
        assertNull(kept("weather.not"));
        ada.send(retained(true, "weather.text", null));
        ada.settle();
        assertNull(kept("weather.text"));
    }

    @Test
    void aValueOutlivesItsClient() throws Exception {
        ada.send(retained(true, "weather.update", 20));
        ada.settle();
        ada.close();
        kernel.client(ADA).settle();
        assertEquals(20, kept("weather.update").body());
    }

    @Test
    void nobodyKeepsAValueWhereNothingMayBePublished() throws Exception {
        BridgeClient eve = kernel.client(EVE);
        eve.send(retained(true, "weather.update", 20));
        assertEquals("DENIED", eve.next().getString("failureType"));
        assertNull(kept("weather.update"));
    }

    @Test
    void aWishThatIsNoneIsRefused() throws Exception {
        ada.send(retained("yes", "weather.update", 20));
        assertEquals(1010, ada.next().getInteger("failureCode"));
        assertNull(kept("weather.update"));
    }

    @Test
    void whatAUserKeepsIsBoundedAndSaidSo() throws Exception {
        for (int i = 0; i < 45; i++) {
            ada.send(retained(true, "weather.topic-" + i, "x".repeat(200_000)));
        }
        JsonObject refused = ada.next();
        assertEquals("BUSY", refused.getString("failureType"), refused::encode);
        assertEquals(424, refused.getInteger("failureCode"));
        assertTrue(refused.getString("message").contains("Publish null, retained"), refused::encode);
    }

    @Test
    void anUnregisteredAddressGetsNothingMore() throws Exception {
        ada.send(frame("register", "event:weather.*"));
        ada.send(frame("unregister", "event:weather.*"));
        ada.settle();
        await(kernel.host.events().publish("weather.update", "late"));
        ada.settle();
        assertEquals(0, ada.waiting());
    }

    @Test
    void publishingReachesTheHost() throws Exception {
        BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        await(kernel.host.events().subscribe("weather.update", events::add));
        ada.send(frame("publish", "event:weather.update").put("body", null));
        Event event = events.poll(20, TimeUnit.SECONDS);
        assertEquals("user:ada", event.source().toString());
        assertNull(event.body());
    }

    @Test
    void aParticipantIsAskedAndAnswers() throws Exception {
        Channel room = await(kernel.host.channels().create("room", Set.of("user:ada")));
        ada.send(frame("register", "channel:room:user:ada"));
        ada.settle();
        Future<String> answer = room.request("user:ada", "who are you?", CallOptions.within(Duration.ofSeconds(20)));
        JsonObject asked = ada.next();
        assertEquals("channel:room:user:ada", asked.getString("address"));
        JsonObject message = asked.getJsonObject("body");
        assertEquals("room", message.getString("channel"));
        assertEquals("host", message.getString("from"));
        assertEquals("user:ada", message.getString("to"));
        assertEquals("who are you?", message.getString("message"));
        assertTrue(message.containsKey("timestamp"));
        assertTrue(asked.getJsonObject("headers").containsKey("id"));
        ada.send(frame("send", asked.getString("replyAddress")).put("body", "ada"));
        assertEquals("ada", await(answer));
    }

    @Test
    void aParticipantSendsAsksAndBroadcasts() throws Exception {
        Channel room = await(kernel.host.channels().create("room", Set.of("user:ada")));
        BlockingQueue<ChannelMessage> messages = new LinkedBlockingQueue<>();
        room.onMessage(message -> {
            messages.add(message);
            return Future.succeededFuture("yes");
        });
        ada.send(frame("send", "channel:room:host").put("body", "one"));
        assertEquals("one", messages.poll(20, TimeUnit.SECONDS).message());
        assertEquals("yes", ada.call("channel:room:host", "two").getString("body"));
        assertEquals("user:ada", messages.poll(20, TimeUnit.SECONDS).from());
        ada.send(frame("publish", "channel:room:*").put("body", "three"));
        assertEquals("three", messages.poll(20, TimeUnit.SECONDS).message());
    }

    @Test
    void whoWasNotGrantedIsToldWhereItWaits() throws Exception {
        BridgeClient eve = kernel.client(EVE);
        JsonObject denied = eve.call("plugin:echo:say", "x");
        assertEquals("err", denied.getString("type"));
        assertEquals("DENIED", denied.getString("failureType"));
        eve.send(frame("register", "event:weather.*"));
        JsonObject refused = eve.next();
        assertEquals("event:weather.*", refused.getString("address"));
        assertEquals("DENIED", refused.getString("failureType"));
        await(kernel.host.channels().create("room", Set.of("user:ada")));
        eve.send(frame("register", "channel:room:user:eve"));
        JsonObject outside = eve.next();
        assertEquals("channel:room:user:eve", outside.getString("address"));
        assertEquals("DENIED", outside.getString("failureType"));
    }

    @Test
    void aRevokedGrantEndsDelivery() throws Exception {
        ada.send(frame("register", "event:weather.*"));
        ada.settle();
        await(kernel.host.events().publish("weather.update", 1));
        assertEquals(1, ada.next().getInteger("body"));
        kernel.grants.revoke(
                io.dataprism.api.Caller.user("ada"),
                io.dataprism.kernel.permission.Permission.parse("event-subscribe:weather.**"));
        await(kernel.host.events().publish("weather.update", 2));
        ada.settle();
        assertEquals(0, ada.waiting());
    }

    @Test
    void aPluginsFailureStaysInTheLog() throws Exception {
        JsonObject failed = ada.call("plugin:echo:fail", null);
        assertEquals("FAILED", failed.getString("failureType"));
        assertEquals(305, failed.getInteger("failureCode"));
        assertFalse(failed.encode().contains("hunter2"), failed::encode);
        assertTrue(failed.getString("message").startsWith("DP-0305: plugin:echo:fail failed."), failed::encode);
    }

    @Test
    void whatIsWrongWithARequestIsTold() throws Exception {
        JsonObject refused = ada.call("plugin:echo:refuse", null);
        assertEquals("INVALID", refused.getString("failureType"));
        assertTrue(refused.getString("message").endsWith("Field 'x' must be a number."), refused::encode);
    }

    @Test
    void aCallToNobodyFailsAtOnce() throws Exception {
        kernel.grant("call:nobody");
        JsonObject failed = ada.call("plugin:nobody:say", null);
        assertEquals("NO_SUCH_CAPABILITY", failed.getString("failureType"));
        assertEquals("NO_SUCH_CAPABILITY", ada.call("plugin:echo:sing", null).getString("failureType"));
    }

    @Test
    void aSocketThatClosesLeavesNothing() throws Exception {
        await(kernel.host.channels().create("room", Set.of("user:ada")));
        ada.send(frame("register", "event:weather.*")).send(frame("register", "channel:room:user:ada"));
        ada.settle();
        assertEquals(1, await(kernel.host.events().publish("weather.update", 1)).accepted());
        ada.close();
        org.awaitility.Awaitility.await()
                .until(() ->
                        await(kernel.host.events().publish("weather.update", 2)).accepted() == 0);
    }

    @Test
    void aSecondSocketOfTheUserMayTakeItsPlaceInTheChannel() throws Exception {
        Channel room = await(kernel.host.channels().create("room", Set.of("user:ada")));
        ada.send(frame("register", "channel:room:user:ada"));
        ada.settle();
        ada.close();
        BridgeClient again = kernel.client(ADA);
        again.send(frame("register", "channel:room:user:ada"));
        again.settle();
        await(room.send("user:ada", "welcome back"));
        assertEquals("welcome back", again.next().getJsonObject("body").getString("message"));
    }
}
