package io.dataprism.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An integration plugin is callable at connect, fetch, sync, disconnect and health without a line of its own for it. */
class IntegrationPluginTest {
    private final Notebook notebook = new Notebook();
    private final Capabilities capabilities = notebook.capabilities();
    private final JsonArray rows = new JsonArray().add(new JsonObject().put("a", 1));

    /** An outside world that fits on a page. */
    private static final class Notebook implements IntegrationPlugin {
        private final List<Object> lines = new ArrayList<>();
        private boolean open;

        @Override
        public Future<Connection> connect(Call call, JsonObject config) {
            open = true;
            return Future.succeededFuture(new Connection("c1", config));
        }

        @Override
        public Future<Fetched> fetch(Call call, String connection, JsonObject query, JsonObject options) {
            return Future.succeededFuture(
                    new Fetched(new InlineRows(new JsonArray(lines)), new JsonObject().put("from", connection)));
        }

        @Override
        public Future<JsonObject> sync(Call call, String connection, Dataset data, JsonObject config) {
            ((InlineRows) data).rows().forEach(lines::add);
            return Future.succeededFuture(new JsonObject().put("written", lines.size()));
        }

        @Override
        public Future<Void> disconnect(Call call, String connection) {
            open = false;
            return Future.succeededFuture();
        }

        @Override
        public Future<Health> health(Call call) {
            return Future.succeededFuture(new Health(open, new JsonObject()));
        }
    }

    @Test
    void offersThePagesThreeCapabilitiesAndTheirEnds() {
        assertEquals(Set.of("connect", "fetch", "sync", "disconnect", "health"), capabilities.names());
    }

    @Test
    void whatWasSyncedCanBeFetched() throws Exception {
        JsonObject config = new JsonObject().put("title", "log");
        JsonObject connected =
                (JsonObject) Calling.reply(capabilities, "connect", new JsonObject().put("config", config));
        assertEquals(new JsonObject().put("connection", "c1").put("details", config), connected);
        JsonObject request = new JsonObject().put("connection", "c1");
        assertEquals(
                new JsonObject().put("written", 1),
                Calling.reply(capabilities, "sync", request.copy().put("data", rows)));
        assertEquals(
                new JsonObject().put("data", rows).put("report", new JsonObject().put("from", "c1")),
                Calling.reply(capabilities, "fetch", request));
    }

    @Test
    void healthFollowsTheConnection() throws Exception {
        assertEquals("down", health());
        Calling.reply(capabilities, "connect", new JsonObject());
        assertEquals("up", health());
        assertNull(Calling.reply(capabilities, "disconnect", new JsonObject().put("connection", "c1")));
        assertEquals("down", health());
    }

    private String health() throws Exception {
        return ((JsonObject) Calling.reply(capabilities, "health", new JsonObject())).getString("status");
    }

    @Test
    void aRequestWithoutConnectionOrDataIsInvalid() {
        for (String capability : List.of("fetch", "sync", "disconnect")) {
            assertEquals(
                    "Field 'connection' of a call to '" + capability + "' must be a text, but is missing.",
                    Calling.invalid(capabilities, capability, new JsonObject()).getMessage());
        }
        assertTrue(Calling.invalid(capabilities, "sync", new JsonObject().put("connection", "c1"))
                .getMessage()
                .startsWith("Data must be"));
    }
}
