package io.dataprism.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.api.Caller;
import io.dataprism.api.Channel;
import io.dataprism.api.Channels;
import io.dataprism.api.Publication;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.testing.KernelTest;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The operator of a node makes channels, and changes and ends everybody's, by control operations. */
final class OperatorsChannelsTest extends KernelTest {
    private Future<JsonObject> ask(String verb, JsonObject body) {
        return kernel.control().invoke(Caller.OPERATOR, "channels", verb, body);
    }

    private static JsonObject named(String channel) {
        return new JsonObject().put("name", channel);
    }

    private static JsonObject about(String participant) {
        return named("desk").put("participant", participant);
    }

    private static JsonObject channel(String name, String owner, List<String> participants, List<String> present) {
        return named(name)
                .put("owner", owner)
                .put("participants", new JsonArray(participants))
                .put("present", new JsonArray(present));
    }

    private Channels ada() {
        Caller ada = Caller.user("ada");
        kernel.grants().grant(ada, Permission.parse("channel:desk"), "a test", "");
        return kernel.endpoint(ada).channels();
    }

    @Test
    void onlyWhoTheOperatorAdmitsIsIn() throws Exception {
        assertEquals(
                channel("desk", "operator", List.of("host", "operator"), List.of("operator")),
                await(ask("create", named("desk").put("participants", new JsonArray().add("host")))));
        Channel host = await(kernel.channels().join("desk"));
        BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
        host.onMessage(message -> {
            heard.add(message.from() + " " + message.message());
            return null;
        });
        Channels ada = ada();
        assertEquals("DP-0401", failure(ada.join("desk")).code());
        List<String> all = List.of("host", "operator", "user:ada");
        assertEquals(
                channel("desk", "operator", all, List.of("host", "operator")), await(ask("admit", about("user:ada"))));
        Channel hers = await(ada.join("desk"));
        await(hers.send("host", "hello"));
        assertEquals("user:ada hello", heard.poll(20, TimeUnit.SECONDS));
        assertEquals(
                new JsonArray().add(channel("desk", "operator", all, all)),
                await(ask("list", new JsonObject())).getJsonArray("channels"));
        await(ask("expel", about("user:ada")));
        assertEquals("DP-0401", failure(hers.send("host", "still here?")).code());
        await(ask("close", named("desk")));
        assertEquals("DP-0401", failure(host.send("operator", "hello?")).code());
        assertEquals(new JsonArray(), await(ask("list", new JsonObject())).getJsonArray("channels"));
    }

    @Test
    void whatIsSaidThereTroublesNobodyThoughTheOperatorHearsNothing() throws Exception {
        await(ask("create", named("desk").put("participants", new JsonArray().add("host"))));
        Channel host = await(kernel.channels().join("desk"));
        Publication said = await(host.broadcast("to all"));
        assertEquals(List.of(), said.refused());
        JsonObject dead = await(kernel.control().invoke(Caller.OPERATOR, "dead", "list", new JsonObject()));
        assertEquals(new JsonArray(), dead.getJsonArray("letters"));
    }

    @Test
    void aChannelOfSomebodyElseIsChangedAndEndedWithoutTakingPart() throws Exception {
        Channel desk = await(kernel.channels().create("desk", Set.of()));
        await(ask("admit", about("user:ada")));
        assertEquals(Set.of("host", "user:ada"), desk.participants());
        assertEquals("DP-0409", failure(ask("expel", about("host"))).code());
        await(ask("close", named("desk")));
        assertEquals("DP-0401", failure(desk.broadcast("anybody?")).code());
    }

    @Test
    void anExistingOneIsNeverReplacedAndOneThatIsNotThereIsSaidToBeNone() throws Exception {
        await(kernel.channels().create("desk", Set.of()));
        assertEquals("DP-0402", failure(ask("create", named("desk"))).code());
        assertEquals("DP-0804", failure(ask("close", named("table"))).code());
        JsonObject wrong = named("other").put("participants", new JsonArray().add(1));
        assertEquals("DP-0804", failure(ask("create", wrong)).code());
    }
}
