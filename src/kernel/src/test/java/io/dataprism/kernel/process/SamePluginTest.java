package io.dataprism.kernel.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.dataprism.api.CallOptions;
import io.dataprism.api.Channel;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.lifecycle.LoadOptions;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same plugin does the same, wherever its code runs. */
final class SamePluginTest extends KernelTest {

    private static PluginJar plugin(String isolation) {
        return PluginJar.of("same")
                .yaml("isolation: " + isolation)
                .yaml("configSchema: {type: object, properties: {word: {type: string, default: usual}}}")
                .alsoImplements("Configurable")
                .members("""
                    Channel room; int taken; Subscription events; String ended = "";
                    static Future<Object> code(Future<?> failing) {
                        return failing.<Object>map(done -> "none").otherwise(e -> e instanceof CallException c
                                ? c.kind() + " " + c.code() : e instanceof PluginException p ? p.code() : e.toString());
                    }
                    """)
                .does("initialize", """
                    return context.events().subscribe("in.*", event -> {
                        taken++;
                        if (event.body() instanceof String) throw new IllegalStateException("no text");
                        context.events().publish("out.seen", new JsonObject().put("topic", event.topic())
                                .put("body", event.body()).put("from", event.source().label()).put("taken", taken));
                    }).map(made -> { events = made; made.ended().onComplete(e -> ended = "ended"); return null; });
                    """)
                .does("start", """
                    return context.channels().join("room").map(joined -> {
                        room = joined;
                        room.onMessage(message -> message.expectsReply()
                                ? Future.succeededFuture(new JsonObject().put("got", message.message()).put("from", message.from()))
                                : context.events().publish("out.message", message.message()));
                        return null;
                    });
                    """)
                .does(
                        "configure",
                        "return config.getString(\"word\").equals(\"bad\") ? Future.failedFuture(\"no\") :"
                                + " Future.succeededFuture();")
                .capability("echo", "return Future.succeededFuture(call.body());")
                .capability("caller", """
                    return Future.succeededFuture(new JsonArray().add(call.caller().label())
                            .add(call.callerMay("event-publish:x")).add(call.remaining().toSeconds() > 3)
                            .add(call.id().isEmpty()).add(call.capability()));
                    """)
                .capability(
                        "config",
                        "return Future.succeededFuture(context.config().getString(\"word\") + \" \" +"
                                + " context.version());")
                .capability("invalid", "throw new CallException(FailureKind.INVALID, \"not so\");")
                .capability("breaks", "throw new IllegalStateException(\"broken\");")
                .capability("own", "return Future.failedFuture(new PluginException(\"DP-7777\", \"mine\"));")
                .capability("denied", "return code(context.events().publish(\"secret\", 1));")
                .capability("nobody", "return code(context.calls().call(\"nobody\", \"x\", null));")
                .capability(
                        "late",
                        "return code(context.calls().call(\"other\", \"never\", null,"
                                + " CallOptions.within(Duration.ofMillis(30))));")
                .capability("given-up", """
                    Promise<Void> cancel = context.promise();
                    Future<Object> end = code(context.calls().call("other", "never", null, CallOptions.within(Duration.ofSeconds(20)).until(cancel.future())));
                    cancel.complete();
                    return end;
                    """)
                .capability("onwards", "return call.calls().call(\"other\", \"double\", call.body());")
                .capability("store", """
                    Storage s = context.storage();
                    return s.put("k/a", Buffer.buffer("one")).compose(d -> s.put("k/b", Buffer.buffer("two")))
                            .compose(d -> s.apply(new Storage.Change(Map.of("k/a", Optional.of(Buffer.buffer("one"))), Map.of("k/c", Buffer.buffer("3")), Set.of("k/b"))))
                            .compose(ok -> s.apply(new Storage.Change(Map.of("k/a", Optional.empty()), Map.of(), Set.of())).compose(no ->
                                    s.keys("k/").compose(keys -> s.get("k/a").compose(a -> s.get("k/b").compose(b -> s.remove("k/a").map(gone ->
                                            new JsonArray().add(ok).add(no).add(new JsonArray(new ArrayList<>(new TreeSet<>(keys)))).add(a.get().toString()).add(b.isPresent()).add(gone)))))));
                    """)
                .capability("watch", """
                    Promise<String> seen = context.promise();
                    return context.storage().watch("w/", seen::tryComplete).compose(w -> context.storage().put("w/x", Buffer.buffer("1"))
                            .compose(d -> seen.future()).compose(key -> w.cancel().compose(d -> w.ended()).map(key)));
                    """)
                .capability("timer", """
                    Promise<Object> fired = context.promise();
                    Thread here = Thread.currentThread();
                    Timers.Timer never = context.timers().after(Duration.ofHours(1), () -> fired.fail("never"));
                    context.timers().after(Duration.ofMillis(5), () -> fired.complete(never.cancel() && !never.cancel()));
                    return fired.future();
                    """)
                .capability("memory", """
                    MemoryAccount m = context.memory();
                    long before = m.used();
                    m.allocate(1000);
                    long held = m.used() - before;
                    m.deallocate(1000);
                    String refused = "";
                    try { m.allocate(m.limit() * 2); } catch (PluginException e) { refused = e.code(); }
                    return Future.succeededFuture(new JsonArray().add(held).add(m.used() - before).add(refused));
                    """)
                .capability("permissions", """
                    String refused = "";
                    try { context.permissions().require("event-publish:secret"); } catch (PermissionDeniedException e) { refused = e.permission(); }
                    return Future.succeededFuture(new JsonArray().add(context.permissions().check("event-publish:out.seen")).add(refused));
                    """)
                .capability("work", """
                    Promise<String> p = context.promise();
                    context.execute(() -> p.complete("executed"));
                    Thread slices = Thread.currentThread();
                    return context.blocking(() -> Thread.currentThread() != slices).compose(apart -> p.future().map(done -> done + " " + apart))
                            .compose(both -> Future.<Void>failedFuture("x").timeout(1, java.util.concurrent.TimeUnit.SECONDS).otherwiseEmpty().map(both));
                    """)
                .capability("folder", """
                    java.nio.file.Path work = context.workFolder();
                    return Future.succeededFuture(work.equals(context.workFolder()) && work.isAbsolute());
                    """)
                .capability("room", """
                    return context.channels().join("room").compose(r -> r.<JsonObject>request("host", call.body(), CallOptions.DEFAULT)
                            .compose(answer -> r.send("host", "bye").map(sent -> answer.copy().put("all", new JsonArray(new ArrayList<>(new TreeSet<>(r.participants())))))));
                    """)
                .capability(
                        "unsubscribe",
                        "return events.cancel().compose(d -> events.ended()).map(d -> events.dropped() + \" \" +"
                                + " events.pattern());")
                .permission("event-subscribe:in.*")
                .permission("event-publish:out.*")
                .permission("call:other:*")
                .permission("call:same:*")
                .permission("call:nobody:*")
                .permission("channel:room")
                .permission("storage-access");
    }

    private void begin(String isolation) throws Exception {
        for (String permission : Set.of(
                "event-subscribe:in.*",
                "event-publish:out.*",
                "call:other:*",
                "call:same:*",
                "call:nobody:*",
                "channel:room",
                "storage-access")) {
            kernel.grants().grant(new PluginId("same"), permission, "a test", "");
        }
        load(PluginJar.of("other")
                .capability(
                        "double", "return Future.succeededFuture(call.caller().label() + (Integer) call.body() * 2);")
                .capability("never", "return call.cancelled().compose(now -> Future.failedFuture(\"too late\"));"));
        Channel room = await(kernel.channels().create("room", Set.of("same")));
        room.onMessage(message -> {
            said.add(message.from() + ":" + message.message());
            return Future.succeededFuture(new JsonObject().put("heard", message.message()));
        });
        this.room = room;
        install(plugin(isolation));
        await(kernel.load("same", LoadOptions.DEFAULT));
    }

    private final Queue<String> said = new ConcurrentLinkedQueue<>();
    private Channel room;

    private <T> T call(String capability, Object body) throws Exception {
        return await(kernel.call("same", capability, body));
    }

    private CallException fails(String capability) {
        ExecutionException failed = assertThrows(ExecutionException.class, () -> call(capability, null));
        return assertInstanceOf(CallException.class, failed.getCause());
    }

    @ParameterizedTest
    @ValueSource(strings = {"worker", "process"})
    void doesTheSame(String isolation) throws Exception {
        begin(isolation);
        assertEquals(PluginState.RUNNING, state("same"));
        values();
        failures();
        facades();
        messages();
        configures();
        await(kernel.unload("same"));
        assertEquals(PluginState.INSTALLED, state("same"));
    }

    private void values() throws Exception {
        JsonObject sent = new JsonObject()
                .put("a", 1)
                .put(
                        "b",
                        new JsonArray()
                                .add("ä")
                                .addNull()
                                .add(2.5)
                                .add(1L << 40)
                                .add(true))
                .put("c", new JsonObject().put("bytes", Buffer.buffer("xyz")));
        assertEquals(sent.encode(), this.<JsonObject>call("echo", sent).encode());
        assertEquals("text", call("echo", "text"));
        assertEquals("null", String.valueOf(this.<Object>call("echo", null)));
        assertEquals(Buffer.buffer("bytes"), call("echo", Buffer.buffer("bytes")));
        assertEquals(new java.math.BigDecimal("1.50"), call("echo", new java.math.BigDecimal("1.50")));
        assertEquals(new JsonArray().add("host").add(true).add(true).add(false).add("caller"), call("caller", null));
    }

    private void failures() {
        assertEquals(FailureKind.INVALID, fails("invalid").kind());
        assertEquals("not so", fails("invalid").getMessage());
        CallException broken = fails("breaks");
        assertEquals(FailureKind.FAILED, broken.kind());
        assertTrue(broken.getMessage().contains("java.lang.IllegalStateException: broken"), broken.getMessage());
        assertEquals("DP-7777", fails("own").code());
    }

    private void facades() throws Exception {
        assertEquals("DP-0501", call("denied", null));
        assertEquals("NO_SUCH_CAPABILITY DP-0301", call("nobody", null));
        assertEquals("LATE DP-0304", call("late", null));
        assertEquals("CANCELLED DP-0308", call("given-up", null));
        assertEquals("same42", call("onwards", 21));
        assertEquals(
                new JsonArray()
                        .add(true)
                        .add(false)
                        .add(new JsonArray().add("k/a").add("k/c"))
                        .add("one")
                        .add(false)
                        .add(true),
                call("store", null));
        assertEquals("w/x", call("watch", null));
        assertEquals(true, call("timer", null));
        assertEquals(
                new JsonArray().add(1000).add(0).add("DP-0601").encode(),
                this.<JsonArray>call("memory", null).encode());
        assertEquals(new JsonArray().add(true).add("event-publish:secret"), call("permissions", null));
        assertEquals("executed true", call("work", null));
        assertEquals(true, call("folder", null));
    }

    private void messages() throws Exception {
        Queue<JsonObject> seen = new ConcurrentLinkedQueue<>();
        await(kernel.events().subscribe("out.seen", event -> seen.add((JsonObject) event.body())));
        await(kernel.events().publish("in.text", "text"));
        await(kernel.events().publish("in.one", 7));
        soon().until(() -> !seen.isEmpty());
        assertEquals(
                new JsonObject()
                        .put("topic", "in.one")
                        .put("body", 7)
                        .put("from", "host")
                        .put("taken", 2),
                seen.remove());
        Queue<Object> passed = new ConcurrentLinkedQueue<>();
        await(kernel.events().subscribe("out.message", event -> passed.add(event.body())));
        await(room.send("same", "hello"));
        soon().until(() -> passed.contains("hello"));
        assertEquals(
                new JsonObject().put("got", 5).put("from", "host"),
                await(room.request("same", 5, CallOptions.within(Duration.ofSeconds(20)))));
        assertEquals(
                new JsonObject()
                        .put("heard", "x")
                        .put("all", new JsonArray().add("host").add("same")),
                call("room", "x"));
        soon().until(() -> said.contains("same:bye"));
        assertEquals("0 in.*", call("unsubscribe", null));
        assertEquals(0, await(kernel.events().publish("in.one", 8)).accepted());
    }

    private void configures() throws Exception {
        assertEquals("usual 1.0.0", call("config", null));
        await(kernel.configure("same", new JsonObject().put("word", "other")));
        assertEquals("other 1.0.0", call("config", null));
        assertFalse(
                kernel.configure("same", new JsonObject().put("word", "bad")).succeeded());
        soon().until(() -> !call("config", null).equals("bad 1.0.0"));
    }
}
