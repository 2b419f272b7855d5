package io.dataprism.kernel.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.kernel.lifecycle.LoadOptions;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin says that it is somebody else, or has somebody else do for it what it may not. */
final class LyingPluginsTest extends KernelTest {
    private static final String[] GRANTS = {"event-publish", "event-subscribe", "call", "channel", "storage-access"};

    /** The code that each attempt failed with, or what it brought. */
    private static final String TRY = """
            static Future<Object> tried(java.util.concurrent.Callable<Future<?>> attempt) {
                Future<?> future;
                try {
                    future = attempt.call();
                } catch (Throwable refused) {
                    future = Future.failedFuture(refused);
                }
                return future.map(value -> (Object) value).recover(why -> Future.succeededFuture(
                        why instanceof PluginException known ? known.code() : why.getClass().getName()));
            }
            """;

    @TempDir
    static Path built;

    private static Path hostileJar;
    private static Path victimJar;

    private static synchronized void build() {
        if (hostileJar != null) {
            return;
        }
        hostileJar = HostileObjectsTest.asking(Hostile.plugin())
                .members(TRY + "Channel kept; String expelled = \"\";")
                .capability(
                        "publish",
                        "return tried(() -> context.events().publish(call.json().getString(\"topic\"),"
                                + " call.json())).map(code -> code instanceof String ? code : \"published\");")
                .capability(
                        "control",
                        "return tried(() -> context.calls().call(call.json().getString(\"plugin\"),"
                                + " call.json().getString(\"capability\"), new JsonObject().put(\"id\", \"victim\")));")
                .capability(
                        "vertx",
                        "return tried(() -> { Class.forName(\"io.vertx.core.Vertx\");"
                                + " return Future.succeededFuture(\"seen\"); });")
                .capability("store", """
                        return context.storage().keys("").compose(keys -> tried(() -> context.storage().get(call.json().getString("key")))
                                .map(value -> keys + " " + value));
                        """)
                .capability(
                        "deputy",
                        "return tried(() -> context.calls().call(\"victim\","
                                + " call.json().getString(\"by\"), null));")
                .capability("channel", """
                        return tried(() -> context.channels().join("secret")).compose(one ->
                                tried(() -> context.channels().create("secret", Set.of())).map(two -> one + " " + two));
                        """)
                .capability(
                        "join",
                        "return context.channels().join(\"open\").map(channel -> { kept = channel; return \"in\"; });")
                .capability("still", """
                        return tried(() -> kept.send("victim", 1)).compose(one -> tried(() -> kept.broadcast(1))
                                .compose(two -> tried(() -> kept.admit("hostile"))
                                .compose(three -> tried(() -> kept.close()).map(four -> one + " " + two + " " + three + " " + four))));
                        """)
                .capability(
                        "say",
                        "return tried(() -> kept.send(\"victim\", new JsonObject().put(\"from\", \"host\"))).map(sent -> \"said\");")
                .capability("hand", """
                        JsonArray many = new JsonArray();
                        for (int i = 0; i < call.json().getInteger("many"); i++) {
                            many.add(new TableHandle(context.node(), "hostile", UUID.randomUUID().toString(), Instant.EPOCH));
                        }
                        context.events().publish("handles", many);
                        return Future.succeededFuture("handed");
                        """)
                .capability(
                        "use",
                        "return tried(() -> context.calls().call(\"victim\", \"use\","
                                + " new TableHandle(context.node(), \"victim\", call.json().getString(\"id\"), Instant.EPOCH)));")
                .in(built);
        victimJar = HostileObjectsTest.asking(PluginJar.of("victim"))
                .members(TRY + "Channel open;")
                .does("start", """
                        return context.storage().put("secret", Buffer.buffer("kept"))
                                .compose(done -> context.events().subscribe("**", event -> note(event.topic() + " by " + event.source())))
                                .compose(done -> context.channels().create("secret", Set.of()))
                                .compose(done -> context.channels().create("open", Set.of("hostile")))
                                .map(channel -> { open = channel; open.onMessage(message -> {
                                    note("from " + message.from()); return null; }); return null; });
                        """)
                .capability(
                        "blindly",
                        "return context.storage().get(\"secret\").map(value -> value.orElseThrow().toString());")
                .capability("asking", """
                        if (!call.callerMay("file-access:read:secret")) {
                            throw new CallException(FailureKind.DENIED, "not for " + call.caller());
                        }
                        return context.storage().get("secret").map(value -> value.orElseThrow().toString());
                        """)
                .capability("expel", "return open.expel(\"hostile\");")
                .capability(
                        "make",
                        "return Future.succeededFuture(new TableHandle(context.node(), \"victim\","
                                + " \"5f3b9c0d7e\", Instant.EPOCH));")
                .capability("use", "return Future.succeededFuture(\"used\");")
                .in(built);
    }

    @BeforeEach
    void load() throws Exception {
        build();
        for (Path jar : List.of(victimJar, hostileJar)) {
            await(kernel.load(ArtifactSource.path(jar), LoadOptions.DEFAULT.grants(GRANTS)));
        }
    }

    private Object hostile(String capability, JsonObject request) throws Exception {
        return await(kernel.call("hostile", capability, request));
    }

    private static JsonObject with(String key, String value) {
        return new JsonObject().put(key, value);
    }

    @Test
    void aMessageSaysWhoSentItWhateverItsSenderWrites() throws Exception {
        JsonObject lie = with("topic", "weather").put("source", "operator").put("dp-sender", "host");
        assertEquals("published", hostile("publish", lie));
        assertEquals("in", hostile("join", null));
        assertEquals("said", hostile("say", null));
        soon().until(() -> notes().containsAll(List.of("victim:weather by plugin:hostile", "victim:from hostile")));
        assertFalse(notes().contains("victim:from host"));
    }

    @Test
    void nobodyPublishesInTheKernelsNameOrOutsideOfTopics() throws Exception {
        for (String topic : List.of("kernel.leak", "plugin.victim.failure", "event:weather", "a..b", "**")) {
            String code = String.valueOf(hostile("publish", with("topic", topic)));
            assertTrue(code.startsWith("DP-"), topic + ": " + code);
        }
        assertTrue(notes().stream().noneMatch(note -> note.contains(" by plugin:hostile")), () -> "" + notes());
    }

    @Test
    void controlAddressesAreNoCapabilitiesAndVertxIsNotSeen() throws Exception {
        for (String plugin : List.of("kernel", "kernel:plugins", "plugin:victim", "host", "operator", "victim:use")) {
            JsonObject call = with("plugin", plugin).put("capability", "unload");
            String code = String.valueOf(hostile("control", call));
            assertTrue(code.startsWith("DP-"), plugin + ": " + code);
        }
        String seen = String.valueOf(hostile("vertx", null));
        assertTrue(seen.contains("BlockedClassException") || seen.contains("ClassNotFoundException"), seen);
        assertEquals("used", await(kernel.call("victim", "use", null)));
    }

    @Test
    void storageOfAnotherIsNotReachedUnderAnyKey() throws Exception {
        for (String key : List.of("secret", "../victim/secret", "victim/secret", "victim\u0000secret", "/")) {
            assertEquals("[] Optional.empty", hostile("store", with("key", key)), key);
        }
        assertEquals("kept", await(kernel.call("victim", "blindly", null)));
    }

    @Test
    void whoAsksWhatItsCallerMayIsNobodysDeputy() throws Exception {
        assertEquals("kept", hostile("deputy", with("by", "blindly")), "a deputy that does not ask is one");
        assertTrue(String.valueOf(hostile("deputy", with("by", "asking"))).startsWith("DP-"));
    }

    @Test
    void aChannelOfOthersIsNeitherJoinedNorReplacedNorUsedAfterTheEnd() throws Exception {
        assertEquals("DP-0401 DP-0402", hostile("channel", null));
        assertEquals("in", hostile("join", null));
        assertEquals("said", hostile("say", null));
        await(kernel.call("victim", "expel", null));
        assertEquals("DP-0401 DP-0401 DP-0401 DP-0401", hostile("still", null));
    }

    @Test
    void aHandleOfAnothersIsNotUsedAfterAFloodOfOnesOwnEither() throws Exception {
        await(kernel.call("victim", "make", null));
        JsonObject stolen = with("id", "5f3b9c0d7e");
        assertEquals("DP-0423", hostile("use", stolen));
        for (int i = 0; i < 21; i++) {
            assertEquals("handed", hostile("hand", new JsonObject().put("many", 5_000)));
        }
        assertEquals("DP-0423", hostile("use", stolen));
    }
}
