package io.dataprism.kernel.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.dataprism.api.CallOptions;
import io.dataprism.api.Caller;
import io.dataprism.api.Capabilities;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginException;
import io.dataprism.api.StreamReply;
import io.dataprism.kernel.contract.PluginContracts;
import io.dataprism.kernel.manifest.ManifestReader;
import io.dataprism.kernel.permission.Permission;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages that are not what a manifest says, at each boundary. */
class ContractsTest {
    private static final JsonObject GOOD = new JsonObject().put("days", 3);
    private static final JsonObject STATION = new JsonObject().put("station", "roof");
    private Node node;
    private Node.Plugin asker;
    private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();

    @BeforeEach
    void start() throws Exception {
        node = new Node();
        asker = node.new Plugin("asker", Set.of(), "call", "event-publish", "event-subscribe", "channel");
        asker.endpoint.serve(Capabilities.none());
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    private static PluginContracts contracts(String checked) {
        return PluginContracts.of(
                ManifestReader.read("plugin.yaml", """
                id: weather
                version: 1.2.0
                main: org.example.Weather
                api: "*"
                category: utility
                capabilities: [forecast, measured]
                contracts:
                  capabilities:
                    forecast:
                      request: {type: object, required: [days], properties: {days: {type: integer, minimum: 1}, pin: {type: string, maxLength: 4, sensitive: true}}}
                      response: {type: array, items: {type: number}}
                    measured:
                      response: {type: object, required: [station]}
                      item: {type: object, required: [celsius], properties: {celsius: {type: number, maximum: 60}, pin: {type: string, maxLength: 4, sensitive: true}}}
                  events:
                    weather.update: {type: object, required: [station]}
                  channels:
                    room: {type: string}
                  checked: [%s]
                """.formatted(checked).getBytes(StandardCharsets.UTF_8))
                        .orThrow());
    }

    private Node.Plugin weather(String checked, Object answer) throws Exception {
        Node.Plugin weather =
                node.new Plugin("weather", Set.of("forecast"), contracts(checked), "event-publish", "channel");
        weather.endpoint.serve(Capabilities.of("forecast", call -> Future.succeededFuture(answer)));
        return weather;
    }

    private CallException callFailure(Object request) {
        return assertThrows(
                CallException.class, () -> Node.await(asker.endpoint.calls().call("weather", "forecast", request)));
    }

    @Test
    void aRequestThatBreaksTheContractNeverReachesTheHandler() throws Exception {
        Node.Plugin weather = node.new Plugin("weather", Set.of("forecast"), contracts("calls"));
        weather.endpoint.serve(Capabilities.of("forecast", call -> {
            heard.add(call.json());
            return Future.succeededFuture(new JsonArray().add(1));
        }));
        CallException failure = callFailure(new JsonObject().put("days", 0));
        assertEquals(FailureKind.INVALID, failure.kind());
        assertEquals(
                "DP-0420 plugin:asker broke the contract of plugin 'weather' 1.2.0: the request of 'forecast': 'days' is the number 0: expected"
                        + " at least 1.",
                failure.code() + " " + failure.getMessage());
        assertEquals(new JsonArray().add(1), Node.await(asker.endpoint.calls().call("weather", "forecast", GOOD)));
        assertEquals(1, heard.size());
    }

    @Test
    void aSensitiveValueIsNotShown() throws Exception {
        weather("calls", new JsonArray());
        String told = callFailure(GOOD.copy().put("pin", "1234567")).getMessage();
        assertEquals(
                "plugin:asker broke the contract of plugin 'weather' 1.2.0: the request of 'forecast': 'pin' is a hidden value:"
                        + " expected at most 4 characters.",
                told);
    }

    @Test
    void aResponseThatBreaksTheContractIsItsPluginsFailure() throws Exception {
        weather("calls", new JsonArray().add("warm"));
        CallException failure = callFailure(GOOD);
        assertEquals(FailureKind.FAILED, failure.kind());
        assertEquals(
                "DP-0421 plugin 'weather' 1.2.0 broke its own contract: the response of 'forecast': '[0]' is 'warm': expected a"
                        + " number.",
                failure.code() + " " + failure.getMessage());
    }

    @Test
    void betweenPluginsCallsAreCheckedWhereTheManifestWantsIt() throws Exception {
        weather("events", new JsonArray().add("warm"));
        assertEquals(
                new JsonArray().add("warm"),
                Node.await(asker.endpoint.calls().call("weather", "forecast", new JsonObject())));
        Endpoint ada = node.user("ada", "call:weather:forecast");
        CallException failure = assertThrows(
                CallException.class, () -> Node.await(ada.calls().call("weather", "forecast", new JsonObject())));
        assertEquals(FailureKind.INVALID, failure.kind());
    }

    @Test
    void eventsAreCheckedByChoiceAndFromUsersAlways() throws Exception {
        Node.Plugin weather = weather("calls", new JsonArray());
        asker.endpoint.events().subscribe("weather.*", event -> heard.add(event.body()));
        Node.await(weather.endpoint.events().publish("weather.update", new JsonObject()));
        assertEquals(new JsonObject(), heard.take());
        Endpoint ada = node.user("ada", "event-publish:weather.update");
        PluginException failure = assertThrows(
                PluginException.class, () -> Node.await(ada.events().publish("weather.update", new JsonObject())));
        assertEquals(
                "DP-0422 user:ada broke the contract of plugin 'weather' 1.2.0: an event of topic 'weather.update': Key 'station' is"
                        + " missing. Add it.",
                failure.code() + " " + failure.getMessage());
        weather.endpoint.close();
        assertEquals(
                1,
                Node.await(ada.events().publish("weather.update", new JsonObject()))
                        .accepted());
    }

    @Test
    void eventsOfItsOwnAreCheckedWhereItsManifestWantsIt() throws Exception {
        Node.Plugin weather = weather("events", new JsonArray());
        PluginException failure = assertThrows(
                PluginException.class,
                () -> Node.await(weather.endpoint.events().publish("weather.update", "rain")));
        assertEquals("DP-0422", failure.code());
    }

    @Test
    void whatAPluginMayNotPublishItDoesNotDescribeForOthers() throws Exception {
        Node.Plugin weather =
                node.new Plugin("weather", Set.of("forecast"), contracts("events"), "event-publish:weather.update");
        node.grants.revoke(Caller.plugin(weather.id), Permission.publish("weather.update"));
        Endpoint ada = node.user("ada", "event-publish:weather.update");
        asker.endpoint.events().subscribe("weather.*", event -> heard.add(event.body()));
        Node.await(asker.endpoint.events().publish("weather.update", "rain"));
        Node.await(ada.events().publish("weather.update", "rain"));
        assertEquals("rain", heard.take());
        assertEquals("rain", heard.take());
        node.grants.grant(Caller.plugin(weather.id), Permission.publish("weather.update"), "test", "");
        assertThrows(
                PluginException.class, () -> Node.await(asker.endpoint.events().publish("weather.update", "rain")));
    }

    @Test
    void nobodyDescribesTheKernelsOwnTopics() throws Exception {
        PluginContracts contracts =
                PluginContracts.of(ManifestReader.read("plugin.yaml", """
                id: liar
                version: 1.0.0
                main: org.example.Liar
                api: "*"
                category: utility
                contracts:
                  events:
                    plugin.asker.stopped: {not: {}}
                  checked: [events]
                """.getBytes(StandardCharsets.UTF_8))
                        .orThrow());
        node.new Plugin("liar", Set.of(), contracts, "event-publish");
        asker.endpoint.events().subscribe("plugin.**", event -> heard.add(event.body()));
        Node.await(node.host().events().publish("plugin.asker.stopped", "asker"));
        assertEquals("asker", heard.take());
    }

    @Test
    void channelMessagesAreHeldAgainstTheContractOfWhoMadeTheChannel() throws Exception {
        Node.Plugin weather = weather("channels", new JsonArray());
        Node.await(weather.endpoint.channels().create("room", Set.of("asker"))).onMessage(message -> {
            heard.add(message.message());
            return Future.succeededFuture();
        });
        var room = Node.await(asker.endpoint.channels().join("room"));
        PluginException failure = assertThrows(PluginException.class, () -> Node.await(room.send("weather", 1)));
        assertEquals(
                "DP-0422 plugin:asker broke the contract of plugin 'weather' 1.2.0: a message in channel 'room': It is the number 1: expected text.",
                failure.code() + " " + failure.getMessage());
        assertEquals(
                "DP-0422",
                assertThrows(PluginException.class, () -> Node.await(room.broadcast(1)))
                        .code());
        assertEquals(
                "DP-0422",
                assertThrows(PluginException.class, () -> Node.await(room.request("weather", 1, CallOptions.DEFAULT)))
                        .code());
        Node.await(room.send("weather", "rain"));
        assertEquals("rain", heard.take());
    }

    private Node.Plugin streaming(String checked, JsonObject head, Object... items) throws Exception {
        Node.Plugin weather = node.new Plugin("weather", Set.of("measured"), contracts(checked));
        weather.endpoint.serve(Capabilities.of(
                "measured",
                call -> Future.succeededFuture(StreamReply.ofAll(List.of(items)).headed(head))));
        return weather;
    }

    private Future<Void> read(Endpoint reader) {
        return reader.calls().stream("weather", "measured", null)
                .compose(stream -> stream.each(item -> {
                    heard.add(item);
                    return Future.succeededFuture();
                }));
    }

    private CallException streamFailure(Endpoint reader) {
        CallException failure = assertThrows(CallException.class, () -> Node.await(read(reader)));
        assertEquals(FailureKind.FAILED, failure.kind());
        assertEquals("DP-0421", failure.code());
        return failure;
    }

    private static JsonObject celsius(int degrees) {
        return new JsonObject().put("celsius", degrees);
    }

    @Test
    void anItemThatBreaksTheContractEndsItsStreamAndIsNeverRead() throws Exception {
        streaming("calls", STATION, celsius(20), celsius(61), celsius(21));
        assertEquals(
                "plugin 'weather' 1.2.0 broke its own contract: an item of 'measured': 'celsius' is the number 61: expected at most"
                        + " 60.",
                streamFailure(asker.endpoint).getMessage());
        assertTrue(List.of(celsius(20)).containsAll(heard), heard::toString);
    }

    @Test
    void aSensitiveValueOfAnItemIsNotShown() throws Exception {
        streaming("calls", STATION, celsius(20).put("pin", "1234567"));
        assertEquals(
                "plugin 'weather' 1.2.0 broke its own contract: an item of 'measured': 'pin' is a hidden value: expected at most 4"
                        + " characters.",
                streamFailure(asker.endpoint).getMessage());
    }

    @Test
    void theHeadOfAStreamIsHeldAgainstItsResponse() throws Exception {
        streaming("calls", new JsonObject(), celsius(20));
        assertEquals(
                "plugin 'weather' 1.2.0 broke its own contract: the response of 'measured': Key 'station' is missing. Add it.",
                streamFailure(asker.endpoint).getMessage());
    }

    @Test
    void itemsBetweenPluginsAreCheckedWhereTheManifestWantsItAndForUsersAlways() throws Exception {
        streaming("events", STATION, celsius(61));
        Node.await(read(asker.endpoint));
        assertEquals(celsius(61), heard.take());
        streamFailure(node.user("ada", "call:weather:measured"));
    }
}
