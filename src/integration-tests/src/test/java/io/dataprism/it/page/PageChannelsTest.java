package io.dataprism.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import io.dataprism.testkit.Await;
import io.dataprism.testkit.PluginUnderTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PageChannelsTest extends PageTest {
    private static final String UNAUTHORIZED = "Plugin not authorized for this channel";

    private PluginUnderTest anna;
    private PluginUnderTest ben;
    private PluginUnderTest carl;
    private PluginUnderTest eve;

    @BeforeEach
    void fourPluginsOfWhichThreeShareAChannel() {
        anna = puppet("anna", "channel:**");
        ben = puppet("ben", "channel:**");
        carl = puppet("carl", "channel:**");
        eve = puppet("eve", "channel:**");
        tell(
                anna,
                "create",
                bank().put("participants", new JsonArray().add("ben").add("carl")));
        tell(ben, "join", bank());
        tell(carl, "join", bank());
    }

    private static JsonObject bank() {
        return json().put("name", "bank");
    }

    private static JsonObject awaitOne(PluginUnderTest puppet) {
        Await.until("a message to " + puppet.id(), () -> !seen(puppet).isEmpty());
        assertEquals(1, seen(puppet).size());
        return seen(puppet).getJsonObject(0);
    }

    @Test
    @DisplayName(
            "Communication: createChannel(name, participants); send(from, to, message) arrives with from, to, message, timestamp")
    void sends() {
        Instant before = Instant.now().minusSeconds(1);
        tell(anna, "send", bank().put("to", "ben").put("message", json().put("amount", 5)));
        JsonObject message = awaitOne(ben);
        assertEquals("anna", message.getString("from"));
        assertEquals("ben", message.getString("to"));
        assertEquals(json().put("amount", 5), message.getJsonObject("message"));
        assertTrue(Instant.parse(message.getString("timestamp")).isAfter(before));
        assertTrue(seen(carl).isEmpty(), "nobody else got it");
    }

    @Test
    @DisplayName(
            "Communication: send(from, to, message) publishes at `channel:${name}:${to}`, where host code hears it too")
    void hasAnAddressOfItsOwn() {
        List<JsonObject> heard = new CopyOnWriteArrayList<>();
        Await.result(
                "consuming",
                kernel.vertx()
                        .eventBus()
                        .<JsonObject>consumer("channel:desk:host", message -> heard.add(message.body()))
                        .completion());
        JsonObject desk = json().put("name", "desk");
        tell(anna, "create", desk.copy().put("participants", new JsonArray().add("host")));
        tell(anna, "send", desk.copy().put("to", "host").put("message", "hello"));
        Await.until("the message", () -> heard.size() == 1);
        assertEquals("anna", heard.get(0).getString("from"));
        assertEquals("host", heard.get(0).getString("to"));
        assertEquals("hello", heard.get(0).getString("message"));
        assertTrue(heard.get(0).getLong("timestamp") > 0);
    }

    @Test
    @DisplayName("Communication: broadcast(from, message) reaches every participant but the sender")
    void broadcasts() {
        tell(ben, "broadcast", bank().put("message", "hello"));
        assertEquals("ben", awaitOne(anna).getString("from"));
        assertEquals("ben", awaitOne(carl).getString("from"));
        assertTrue(seen(ben).isEmpty());
        assertTrue(seen(eve).isEmpty());
    }

    @Test
    @DisplayName("Communication: Plugin not authorized for this channel: a receiver who is no participant")
    void aStrangerReceivesNothing() {
        assertUnauthorized(anna.callFailure(
                FailureKind.FAILED, "send", bank().put("to", "eve").put("message", 1)));
        assertTrue(seen(eve).isEmpty());
    }

    @Test
    @DisplayName(
            "Communication: Plugin not authorized for this channel: who is no participant gets no channel to send in")
    void aStrangerMayNotJoin() {
        assertUnauthorized(eve.callFailure(FailureKind.FAILED, "join", bank()));
    }

    @Test
    @DisplayName(
            "Communication: Plugin not authorized for this channel: a sender who is no participant: send, broadcast, ask")
    void whoLeftMayNotSend() {
        tell(ben, "leave", bank());
        JsonObject words = bank().put("to", "anna").put("message", "let me in");
        for (String way : List.of("send", "broadcast", "ask")) {
            assertUnauthorized(ben.callFailure(FailureKind.FAILED, way, words));
        }
        assertUnauthorized(ben.callFailure(FailureKind.FAILED, "join", bank()));
        assertTrue(seen(anna).isEmpty());
        assertTrue(seen(carl).isEmpty());
    }

    @Test
    @DisplayName("Communication: Plugin not authorized for this channel: a receiver who left; a broadcast passes it by")
    void whoLeftReceivesNothing() {
        tell(ben, "leave", bank());
        assertUnauthorized(anna.callFailure(
                FailureKind.FAILED, "send", bank().put("to", "ben").put("message", 1)));
        tell(anna, "broadcast", bank().put("message", 2));
        awaitOne(carl);
        assertTrue(seen(ben).isEmpty());
    }

    @Test
    @DisplayName("Communication: getChannel(name): a channel is found by its name; an existing one is never replaced")
    void anExistingChannelIsNeverReplaced() {
        CallException refusal =
                eve.callFailure(FailureKind.FAILED, "create", bank().put("participants", new JsonArray().add("eve")));
        assertTrue(refusal.getMessage().contains("bank"), refusal.getMessage());
        tell(anna, "send", bank().put("to", "ben").put("message", 1));
        assertNotNull(awaitOne(ben));
    }

    @Test
    @DisplayName("Communication: request and reply in a channel")
    void asks() {
        assertEquals("answer of ben", anna.reply("ask", bank().put("to", "ben").put("message", "how much?")));
    }

    private static void assertUnauthorized(CallException failure) {
        assertEquals(UNAUTHORIZED, reason(failure), failure.getMessage());
    }

    /** What a call failed with in the end, as the plugin that was called saw it. */
    static String reason(CallException failure) {
        String text = String.valueOf(failure.getMessage());
        return text.substring(text.lastIndexOf(": ") + 1).strip();
    }
}
