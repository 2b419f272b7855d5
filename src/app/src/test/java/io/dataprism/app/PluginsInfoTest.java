package io.dataprism.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.app.control.ControlAddress;
import io.dataprism.app.control.ControlServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plugins info}, of what a node answers. */
class PluginsInfoTest {
    @TempDir
    Path data;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() throws Exception {
        join(vertx.close());
    }

    private static <T> T join(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void whoTakesItsMessagesStandsThereLineByLine() throws Exception {
        JsonArray takers = new JsonArray()
                .add(new JsonObject().put("address", "plugin:echo:say").put("who", "org.example.Taker"))
                .add(new JsonObject().put("address", "channel:talk:echo").put("who", "org.example.Other"));
        JsonObject answer = new JsonObject()
                .put("id", "echo")
                .put("grants", new JsonArray())
                .put("foreigners", takers);
        join(ControlServer.start(vertx, ControlAddress.in(data), (noun, verb, body) -> Future.succeededFuture(answer)));
        CliRun run = CliRun.of("plugins", "info", "echo", "--data", data.toString());
        assertEquals("""
                id            echo
                grants        none
                foreigners    host code consumes plugin:echo:say on the raw event bus and takes every other message there: org.example.Taker
                              host code consumes channel:talk:echo on the raw event bus and takes every other message there: org.example.Other
                """, run.out());
    }
}
