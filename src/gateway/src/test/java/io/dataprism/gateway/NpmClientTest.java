package io.dataprism.gateway;

import static io.dataprism.gateway.BridgedKernel.ADA;
import static io.dataprism.gateway.BridgedKernel.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallOptions;
import io.dataprism.api.Channel;
import io.dataprism.api.Event;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The stock npm client in Node.js, unmodified: subscribes, publishes, calls, joins a channel, and is refused. */
final class NpmClientTest {
    private static final Path SCRIPT =
            Path.of("src", "test", "resources", "npm", "client.js").toAbsolutePath();

    private final BridgedKernel kernel = new BridgedKernel();

    @AfterEach
    void close() {
        kernel.close();
    }

    @Test
    void doesEverythingWithATokenInTheUrl() throws Exception {
        converse(Map.of(), kernel.url(ADA));
    }

    @Test
    void doesEverythingWithATokenInAHeader() throws Exception {
        converse(Map.of("BRIDGE_TOKEN", ADA), "http://127.0.0.1:" + kernel.gateway.port() + "/eventbus");
    }

    @Test
    void getsNoSocketWithoutAToken() throws Exception {
        Path folder = NpmClient.install();
        try (ScriptProcess script = new ScriptProcess(
                folder, SCRIPT, Map.of(), "http://127.0.0.1:" + kernel.gateway.port() + "/eventbus")) {
            assertTrue((Integer) script.told("closed") >= 1000);
        }
    }

    private void converse(Map<String, String> environment, String url) throws Exception {
        Channel room = await(kernel.host.channels().create("room", Set.of("user:ada")));
        room.onMessage(message -> Future.succeededFuture("got " + message.message()));
        try (ScriptProcess script = new ScriptProcess(NpmClient.install(), SCRIPT, environment, url)) {
            assertEquals(new JsonObject().put("hello", "plugin"), script.told("answer"));
            JsonObject event = (JsonObject) script.told("event");
            assertEquals("weather.update", event.getString("topic"));
            assertEquals("user:ada", event.getString("source"));
            assertEquals(21, event.getJsonObject("body").getInteger("celsius"));
            JsonObject last = new JsonObject().put("celsius", 22);
            assertEquals(new JsonObject().put("retained", "true").put("body", last), script.told("last"));
            BlockingQueue<Event> kept = new LinkedBlockingQueue<>();
            await(kernel.host.events().subscribe("weather.*", kept::add));
            Event value = kept.poll(20, TimeUnit.SECONDS);
            assertTrue(value.retained());
            assertEquals(last, value.body());
            assertEquals("user:ada", value.source().toString());
            assertError("DENIED", 1012, script.told("kernel"));
            assertEquals("DENIED", ((JsonObject) script.told("denied")).getString("failureType"));
            assertEquals("DENIED", ((JsonObject) script.told("forbidden")).getString("failureType"));
            assertEquals("got hello from node", script.told("asked"));
            assertEquals("numbers", script.told("head"));
            assertEquals(new JsonArray().add(0).add(1).add(2).add(3).add(4), script.told("numbers"));
            JsonObject answer = await(room.request("user:ada", "?", CallOptions.within(Duration.ofSeconds(20))));
            assertEquals(42, answer.getInteger("answer"));
            assertEquals("?", ((JsonObject) script.told("message")).getString("message"));
            script.poke();
            assertEquals(1000, script.told("closed"));
        }
    }

    private static void assertError(String type, int code, Object found) {
        JsonObject error = (JsonObject) found;
        assertEquals(type, error.getString("failureType"), error::encode);
        assertEquals(code, error.getInteger("failureCode"), error::encode);
    }
}
