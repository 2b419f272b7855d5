package io.dataprism.kernel.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import io.dataprism.kernel.lifecycle.LoadOptions;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.json.JsonObject;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin hands objects of its own making to the kernel, whose methods run its code. That code runs in its own slices alone, and harms nobody's. */
final class HostileObjectsTest extends KernelTest {
    private static final String[] GRANTS = {"event-publish", "event-subscribe", "call", "channel", "storage-access"};
    private static final String MAP = "Spied.spied(Map.class, Map.of(\"k\", Spied.spied(CharSequence.class, \"v\")))";

    @TempDir
    static Path built;

    private static Path hostileJar;
    private static Path victimJar;

    private Spy spy;

    private static synchronized Path hostileJar() {
        if (hostileJar == null) {
            hostileJar = asking(Hostile.plugin())
                    .members("""
                            Handler<AsyncResult<Object>> kept;
                            Completable<Object> last;
                            byte[] bytes = {1};
                            @SuppressWarnings("unchecked")
                            Future<Object> again(int times, Object value) {
                                return (Future<Object>) java.lang.reflect.Proxy.newProxyInstance(
                                        Main.class.getClassLoader(), new Class<?>[] {Future.class}, (self, method, args) -> {
                                            if (method.getName().equals("onComplete")) {
                                                Completable<Object> listener = (Completable<Object>) args[0];
                                                last = listener;
                                                for (int i = 0; i < times; i++) { listener.complete(value, null); }
                                                return self;
                                            }
                                            return method.getReturnType() == boolean.class ? (Object) false : null;
                                        });
                            }
                            """)
                    .capability("send", """
                            JsonObject json = new JsonObject((Map<String, Object>) %s);
                            context.events().publish("t", json);
                            context.events().publish("t", json, PublishOptions.RETAINED);
                            context.metrics().counter("c", (Map<String, String>) Spied.spied(Map.class, Map.of("k", "v"))).add(1);
                            context.events().publish("t", Spied.spied(Buffer.class, Buffer.buffer("b")));
                            return context.channels().create("talk", (Set<String>) Spied.spied(Set.class, Set.of("victim")))
                                    .compose(channel -> channel.broadcast(json))
                                    .compose(sent -> context.calls().call("victim", "echo", json));
                            """.formatted(MAP))
                    .capability(
                            "answer",
                            "return Spied.spied(Future.class, Future.succeededFuture(new JsonObject((Map<String, Object>) %s)));"
                                    .formatted(MAP))
                    .capability("later", """
                            Promise<Object> later = Promise.promise();
                            new Thread(() -> later.complete(new JsonObject((Map<String, Object>) %s))).start();
                            return later.future();
                            """.formatted(MAP))
                    .capability("options", """
                            Promise<Object> cancel = Promise.promise();
                            CallOptions options = CallOptions.DEFAULT.until(Spied.spied(Future.class, cancel.future()));
                            context.tasks().start("task", control -> Spied.spied(Future.class, Future.succeededFuture(1)));
                            EventHandler handler = Spied.spied(EventHandler.class, (EventHandler) event -> {});
                            context.events().subscribe("u.*", handler);
                            context.events().subscribe("u.*", handler);
                            Runnable run = Spied.spied(Runnable.class, (Runnable) () -> {});
                            context.execute(run);
                            context.timers().after(Duration.ofMillis(1), run);
                            context.events().publish("u.v", 1);
                            return context.calls().call("victim", "echo", "x", options)
                                    .compose(done -> context.events().unsubscribeAll())
                                    .map(done -> "done");
                            """)
                    .capability(
                            "fail",
                            "context.log().error(\"it\", new Spied.Failure(\"said\"));"
                                    + " throw new Spied.Failure(\"said\");")
                    .capability("fail-later", "return Future.failedFuture(new Spied.Failure(\"said\"));")
                    .capability("kindless", "throw new CallException(null, \"DP-0000\", \"nothing\", null);")
                    .capability("codeless", "throw new PluginException(null, \"nothing\");")
                    .capability("kept-bytes", """
                            Buffer buffer = (Buffer) java.lang.reflect.Proxy.newProxyInstance(
                                    Main.class.getClassLoader(), new Class<?>[] {Buffer.class},
                                    (self, method, args) -> method.getName().equals("getBytes") ? bytes : 1);
                            return context.calls().call("victim", "keep", buffer).map(done -> { bytes[0] = 2; return "sent"; });
                            """)
                    .capability("twice", "return again(2, call.body());")
                    .capability("never", "return again(0, null);")
                    .capability(
                            "late",
                            "for (int i = 0; i < 1000; i++) { last.complete(\"late\", null); }"
                                    + " return Future.succeededFuture(\"told\");")
                    .capability(
                            "flood",
                            "return Future.succeededFuture(StreamReply.of(() ->"
                                    + " (Future) again(10_000, Optional.of(\"item\"))));")
                    .in(built);
            victimJar = asking(PluginJar.of("victim"))
                    .members("Object kept;")
                    .capability("echo", "return Future.succeededFuture(call.body());")
                    .capability("keep", "kept = call.body(); return Future.succeededFuture();")
                    .capability("kept", "return Future.succeededFuture((int) ((Buffer) kept).getByte(0));")
                    .capability("read", """
                            return context.calls().<Object>stream("hostile", "flood", null,
                                            StreamOptions.within(Duration.ofSeconds(20)).ahead(4, 1 << 20))
                                    .compose(reader -> reader.next().compose(first -> reader.batch(100_000)))
                                    .map(List::size);
                            """)
                    .capability("ask", """
                            return context.calls().<Object>call("hostile", call.json().getString("what"),
                                            call.json().getValue("body"), CallOptions.within(Duration.ofMillis(
                                                    call.json().getInteger("within", 10_000))))
                                    .recover(why -> Future.succeededFuture(((CallException) why).kind().name()));
                            """)
                    .in(built);
        }
        return hostileJar;
    }

    static PluginJar asking(PluginJar jar) {
        for (String grant : GRANTS) {
            jar.permission(grant);
        }
        return jar;
    }

    @BeforeEach
    void load() throws Exception {
        spy = Spy.placed();
        loaded(hostileJar());
        loaded(victimJar);
    }

    private void loaded(Path jar) throws Exception {
        await(kernel.load(ArtifactSource.path(jar), LoadOptions.DEFAULT.grants(GRANTS)));
    }

    private Object ask(String what, Object body) throws Exception {
        return await(
                kernel.call("victim", "ask", new JsonObject().put("what", what).put("body", body)));
    }

    private void ranOnlyInItsSlices(String... methods) {
        assertTrue(spy.seen().containsAll(Set.of(methods)), () -> "never called: " + spy.seen());
        assertEquals(Set.of(), spy.wrong());
    }

    /** What all of these rely on: a receiver that reads such an object where it likes runs the plugin's code there. */
    @Test
    @SuppressWarnings("unchecked")
    void aNaiveReceiverRunsItsCode() throws Exception {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {hostileJar().toUri().toURL()})) {
            Object map = loader.loadClass("test.hostile.Spied")
                    .getMethod("spied", Class.class, Object.class)
                    .invoke(null, Map.class, Map.of("k", "v"));
            new JsonObject((Map<String, Object>) map).copy();
            assertTrue(
                    spy.wrong().stream()
                            .anyMatch(call -> call.endsWith(
                                    " on " + Thread.currentThread().getName())),
                    () -> "" + spy.wrong());
        }
    }

    @Test
    void mapsTextsBuffersAndSetsAreReadInItsOwnSlices() throws Exception {
        assertEquals(new JsonObject().put("k", "v"), await(kernel.call("hostile", "send", null)));
        ranOnlyInItsSlices("Map.entrySet", "CharSequence.toString", "Buffer.getBytes", "Set.iterator");
    }

    @Test
    void futuresAreFollowedAndAnswersReadInItsOwnSlices() throws Exception {
        assertEquals(new JsonObject().put("k", "v"), await(kernel.call("hostile", "answer", null)));
        assertEquals(new JsonObject().put("k", "v"), await(kernel.call("hostile", "later", null)));
        assertEquals(new JsonObject().put("k", "v"), ask("later", null));
        ranOnlyInItsSlices("Future.succeeded", "Map.entrySet");
    }

    @Test
    void handlersOptionsAndTasksRunInItsOwnSlices() throws Exception {
        assertEquals("done", await(kernel.call("hostile", "options", null)));
        soon().until(() -> spy.seen().contains("EventHandler.handle"));
        await(kernel.unload("hostile"));
        ranOnlyInItsSlices("Future.onComplete", "Runnable.run");
    }

    @Test
    void throwablesAreReadInItsOwnSlices() throws Exception {
        for (String capability : new String[] {"fail", "fail-later"}) {
            assertEquals("FAILED", ask(capability, null));
            assertTrue(failure(kernel.call("hostile", capability, null))
                    .getMessage()
                    .contains("said"));
        }
        ranOnlyInItsSlices("Failure.getMessage", "Failure.getCause", "Failure.getStackTrace");
    }

    @Test
    void aFailureWithoutKindOrCodeIsNoTroubleToWhoGetsIt() throws Exception {
        for (String capability : new String[] {"kindless", "codeless"}) {
            assertEquals("FAILED", ask(capability, null));
            CallException failed = (CallException) failure(kernel.call("hostile", capability, null));
            assertEquals(FailureKind.FAILED, failed.kind());
        }
    }

    @Test
    void whatItChangesBehindABufferAfterwardsChangesNothing() throws Exception {
        assertEquals("sent", await(kernel.call("hostile", "kept-bytes", null)));
        assertEquals(1, await(kernel.<Integer>call("victim", "kept", null)));
    }

    @Test
    void aCallThatIsAnsweredTwiceOrAfterItsEndHasOneAnswer() throws Exception {
        for (int i = 0; i < 50; i++) {
            assertEquals(i, ask("twice", i));
        }
        JsonObject late = new JsonObject().put("what", "never").put("within", 30);
        assertEquals("LATE", await(kernel.call("victim", "ask", late)));
        assertEquals("told", ask("late", null));
        assertEquals("next", ask("twice", "next"));
        await(kernel.unload("hostile"));
        assertEquals(PluginState.INSTALLED, state("hostile"));
    }

    @Test
    void aSourceWhoseFutureCompletesAgainAndAgainSendsNoMoreThanItsReaderAllows() throws Exception {
        int read = await(kernel.<Integer>call("victim", "read", null));
        assertTrue(read <= 4, () -> "read " + read + " items at once");
    }
}
