package io.dataprism.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Caller;
import io.dataprism.api.Event;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Host code that takes messages away from a plugin. */
final class ForeignersTest extends KernelTest {

    private JsonArray foreigners() throws Exception {
        return await(kernel.control().invoke(Caller.OPERATOR, "plugins", "list", new JsonObject()))
                .getJsonArray("foreigners");
    }

    private JsonObject info(String plugin) throws Exception {
        return await(kernel.control().invoke(Caller.OPERATOR, "plugins", "info", new JsonObject().put("id", plugin)));
    }

    @Test
    void whatIsKnownOfThePluginSaysWhoTakesItsMessagesThereAndInItsChannels() throws Exception {
        load(PluginJar.of("echo").capability("say", "return Future.succeededFuture(call.json());"));
        load(PluginJar.of("other"));
        vertx.eventBus().consumer("plugin:echo:say", message -> {});
        vertx.eventBus().consumer("channel:talk:echo", message -> {});
        assertEquals(
                Set.of("plugin:echo:say", "channel:talk:echo"),
                info("echo").getJsonArray("foreigners").stream()
                        .map(one -> ((JsonObject) one).getString("address"))
                        .collect(Collectors.toSet()));
        assertFalse(info("other").containsKey("foreigners"));
    }

    @Test
    void itIsToldOfOnceAndStandsInTheListWhileItIsThere() throws Exception {
        load(PluginJar.of("echo").capability("say", "return Future.succeededFuture(call.json());"));
        BlockingQueue<Event> told = new LinkedBlockingQueue<>();
        await(kernel.events().subscribe("kernel.address.taken", told::add));
        MessageConsumer<Object> taker = vertx.eventBus().consumer("plugin:echo:say", message -> {});
        Event event = told.poll(30, TimeUnit.SECONDS);
        JsonObject body = (JsonObject) event.body();
        assertEquals("plugin:echo:say", body.getString("address"));
        assertTrue(body.getString("who").contains("ForeignersTest"), body.encode());
        assertEquals(1, foreigners().size());
        await(taker.unregister());
        soon().until(() -> foreigners().isEmpty());
        assertTrue(told.isEmpty(), "once is enough");
    }
}
