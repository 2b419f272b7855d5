package io.dataprism.kernel.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Caller;
import io.dataprism.kernel.lifecycle.LoadOptions;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A plugin makes work without end, of what others use or where others pay for it. They go on. */
final class StarvationTest extends KernelTest {
    private static final String[] GRANTS = {"event-publish", "event-subscribe", "call", "channel", "storage-access"};

    private void both(PluginJar hostile) throws Exception {
        loaded(PluginJar.of("victim")
                .capability("echo", "return Future.succeededFuture(call.body());")
                .capability(
                        "size",
                        "int read = 0; for (String name : call.json().fieldNames()) {"
                                + " if (call.json().getValue(name) != null) { read++; } } return Future.succeededFuture(read);")
                .capability(
                        "publish", "return context.events().publish(\"t\", call.body()).map(Publication::accepted);")
                .capability(
                        "store", "return context.storage().put(\"k\", Buffer.buffer(\"v\")).map(done -> \"stored\");"));
        loaded(hostile);
    }

    private void loaded(PluginJar jar) throws Exception {
        await(kernel.load(
                ArtifactSource.path(HostileObjectsTest.asking(jar).in(folder)), LoadOptions.DEFAULT.grants(GRANTS)));
    }

    private void othersGoOn() throws Exception {
        long began = System.nanoTime();
        assertEquals("x", await(kernel.call("victim", "echo", "x")));
        assertEquals("stored", await(kernel.call("victim", "store", null)));
        assertEquals(PluginState.RUNNING, load(PluginJar.of("newcomer")).state());
        await(kernel.unload("newcomer"));
        long millis = (System.nanoTime() - began) / 1_000_000;
        assertTrue(millis < 8_000, () -> "they took " + millis + " ms");
    }

    @Test
    void ofTheCommonPool() throws Exception {
        CountDownLatch gate = PluginJar.gate();
        try {
            both(Hostile.plugin().capability("fill", """
                            for (int i = 0; i < 1_000; i++) {
                                java.util.concurrent.ForkJoinPool.commonPool().execute(() -> {
                                    try { gate(); } catch (InterruptedException e) { note("ended"); }
                                });
                            }
                            return Future.succeededFuture("full");
                            """));
            assertEquals("full", await(kernel.call("hostile", "fill", null)));
            AtomicBoolean naive = new AtomicBoolean();
            ForkJoinPool.commonPool().execute(() -> naive.set(true));
            othersGoOn();
            assertFalse(naive.get(), "the pool was never full");
        } finally {
            gate.countDown();
        }
    }

    /** What these names do to who keeps them naively. */
    @Test
    void namesOfEqualHashesAreALotOfWorkForAnImmutableSet() {
        List<String> names = new ArrayList<>(List.of("a"));
        for (int bit = 0; bit < 13; bit++) {
            List<String> longer = new ArrayList<>();
            for (String name : names) {
                longer.add(name + "aa");
                longer.add(name + "bB");
            }
            names = longer;
        }
        assertEquals(1, names.stream().map(String::hashCode).distinct().count());
        List<String> all = names;
        long kept = nanos(() -> new HashSet<>(all));
        long copied = nanos(() -> Set.copyOf(all));
        assertTrue(copied > 3 * kept, () -> copied + " ns against " + kept);
    }

    private static long nanos(Supplier<Set<String>> making) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 2; i++) {
            long began = System.nanoTime();
            assertFalse(making.get().isEmpty());
            best = Math.min(best, System.nanoTime() - began);
        }
        return best;
    }

    @Test
    void byCapabilitiesOfEqualHashes() throws Exception {
        load(PluginJar.of("other"));
        PluginJar many = Hostile.plugin().source("""
                        package test.hostile;
                        import io.dataprism.api.*;
                        import io.vertx.core.Future;
                        import java.util.*;
                        public class Main implements Plugin {
                            public Future<Void> initialize(PluginContext context) { return Future.succeededFuture(); }
                            public Future<Void> start() { return Future.succeededFuture(); }
                            public Future<Void> stop() { return Future.succeededFuture(); }
                            public Future<Void> destroy() { return Future.succeededFuture(); }
                            public Capabilities capabilities() {
                                %s
                                List<Capabilities> parts = new ArrayList<>();
                                for (String name : names) { parts.add(Capabilities.of(name, call -> Future.succeededFuture())); }
                                while (parts.size() > 1) {
                                    List<Capabilities> merged = new ArrayList<>();
                                    for (int i = 0; i < parts.size(); i += 2) { merged.add(parts.get(i).and(parts.get(i + 1))); }
                                    parts = merged;
                                }
                                return parts.get(0);
                            }
                        }
                        """.formatted(Hostile.equalHashes(16)));
        Future<?> refused = kernel.load(ArtifactSource.path(many.in(folder)), LoadOptions.DEFAULT);
        String told = failure(refused).getMessage();
        assertTrue(told.contains("more") && told.length() < 4_000, told);
        assertEquals(PluginState.RUNNING, load(PluginJar.of("newcomer")).state());
    }

    @Test
    void byAMessageOrAChannelOfNamesOfEqualHashes() throws Exception {
        both(Hostile.plugin()
                .capability("send", Hostile.equalHashes(13) + """
                        JsonObject many = new JsonObject();
                        for (String name : names) { many.put(name, 1); }
                        return context.calls().call("victim", "size", many);
                        """)
                .capability("channel", Hostile.equalHashes(13) + """
                        return context.channels().create("talk", new HashSet<>(names)).map(made -> "made");
                        """)
                .capability("toomany", Hostile.equalHashes(14) + """
                        return context.channels().create("more", new HashSet<>(names)).map(made -> "made");
                        """));
        assertEquals(1 << 13, await(kernel.<Integer>call("hostile", "send", null)));
        assertEquals("made", await(kernel.call("hostile", "channel", null)));
        assertTrue(failure(kernel.call("hostile", "toomany", null)).getMessage().contains("participants at most"));
        JsonObject open = await(kernel.control()
                .invoke(Caller.OPERATOR, "channels", "list", new JsonObject())
                .map(JsonObject.class::cast));
        assertTrue(open.encode().contains("talk"));
        othersGoOn();
    }

    @Test
    void byAPatternThatTriesTooManyWays() throws Exception {
        both(Hostile.plugin()
                .capability("match", "return Future.succeededFuture(\"matched\");")
                .yaml("""
                        contracts:
                          checked: [calls, events]
                          capabilities:
                            match:
                              request: {type: object, properties: {text: {type: string, pattern: '^(x?)(a+)+\\1$'}}}
                          events:
                            t: {type: object, properties: {text: {type: string, pattern: '^(x?)(a+)+\\1$'}}}
                        """));
        JsonObject bomb = new JsonObject().put("text", "a".repeat(40) + "!");
        List<Future<?>> asked = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            asked.add(kernel.call("hostile", "match", bomb));
        }
        othersGoOn();
        for (Future<?> each : asked) {
            assertTrue(failure(each).getMessage().contains("pattern"));
        }
        assertTrue(failure(kernel.call("victim", "publish", bomb)).getMessage().contains("pattern"));
        assertEquals("x", await(kernel.call("victim", "echo", "x")));
    }

    @Test
    void byJsonWithoutEnd() throws Exception {
        both(Hostile.plugin()
                .members("""
                        static Object nested(int depth) {
                            Map<String, Object> in = new HashMap<>();
                            for (int i = 0; i < depth; i++) { in = new HashMap<>(Map.of("a", in)); }
                            return in;
                        }
                        Future<Object> sent(Object body) { return context.calls().call("victim", "echo", body); }
                        """)
                .capability("deep", "return sent(new JsonObject().put(\"a\", nested(100_000)));")
                .capability(
                        "text",
                        "return sent(new JsonObject(\"{\\\"a\\\":\".repeat(100_000) + \"1\" + \"}\".repeat(100_000)));")
                .capability(
                        "circle",
                        "Map<String, Object> in = new HashMap<>(); in.put(\"a\", in); return sent(new JsonObject(in));")
                .capability("endless", """
                        String large = "x".repeat(1 << 20);
                        return sent(new JsonArray(new AbstractList<Object>() {
                            public Object get(int at) { return large; }
                            public int size() { return Integer.MAX_VALUE; }
                        }));
                        """)
                .capability("answer", "return Future.succeededFuture(new JsonObject().put(\"a\", nested(100_000)));"));
        Function<String, String> told =
                capability -> failure(kernel.call("hostile", capability, null)).getMessage();
        assertTrue(told.apply("deep").contains("nested deeper"));
        assertTrue(told.apply("circle").contains("in a circle"));
        assertTrue(told.apply("endless").contains("MiB"));
        assertTrue(told.apply("answer").contains("nested deeper"));
        assertTrue(told.apply("text").contains("DecodeException"), told.apply("text"));
        othersGoOn();
    }

    @Test
    void byHandlersThatSubscribeAtEachEvent() throws Exception {
        both(Hostile.plugin().members("EventHandler again;").does("start", """
                        again = event -> { context.events().subscribe("t", again); context.events().subscribe("t", again); };
                        return context.events().subscribe("t", again).mapEmpty();
                        """));
        long began = System.nanoTime();
        for (int i = 0; i < 30; i++) {
            int accepted = await(kernel.<Integer>call("victim", "publish", i));
            assertTrue(accepted <= 10_001, () -> "an event went to " + accepted + " handlers");
        }
        long millis = (System.nanoTime() - began) / 1_000_000;
        assertTrue(millis < 10_000, () -> "30 events took " + millis + " ms");
        othersGoOn();
    }
}
