package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Caller;
import io.dataprism.kernel.Kernel;
import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.ResourceOptions;
import io.dataprism.kernel.context.MetricSample;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What plugins retain of the heap, the kernel's part of it included, and what becomes of those that retain too much. */
final class RetainedHeapTest extends KernelTest {
    private static final long MB = 1 << 20;

    @Override
    protected KernelOptions options() {
        return KernelOptions.DEFAULT
                .withResources(ResourceOptions.DEFAULT.withMaxMemoryPerPlugin(16 * MB))
                .withIntervals(Duration.ofMillis(20), Duration.ofSeconds(5));
    }

    private JsonObject measured(String id) throws Exception {
        return await(kernel.control().invoke(Caller.OPERATOR, "resources", "measure", new JsonObject().put("id", id)))
                .getJsonArray("plugins")
                .getJsonObject(0);
    }

    private long retained(String id) throws Exception {
        return measured(id).getLong("retained");
    }

    private static void assertAbout(long expected, long found) {
        assertTrue(Math.abs(found - expected) <= 0.15 * expected, () -> found + " bytes, expected " + expected);
    }

    /** One that keeps a megabyte where {@code java} puts it. */
    private void assertKept(String id, String members, String java, String... permissions) throws Exception {
        PluginJar jar = PluginJar.of(id)
                .members(members)
                .does("start", "byte[] big = new byte[1 << 20]; " + java + " return Future.succeededFuture();");
        LoadOptions options = LoadOptions.DEFAULT;
        for (String permission : permissions) {
            jar.permission(permission);
            options = options.grants(permission);
        }
        await(kernel.load(ArtifactSource.path(jar.in(folder)), options));
        assertAbout(MB, retained(id));
    }

    @Test
    void whatItsFieldsTimersHandlersAndPromisesKeep() throws Exception {
        assertKept("field", "byte[] kept;", "kept = big;");
        assertKept("cache", "static final Map<String, byte[]> CACHE = new HashMap<>();", "CACHE.put(\"a\", big);");
        assertKept("json", "JsonObject kept;", "kept = new JsonObject().put(\"a\", Buffer.buffer(big));");
        assertKept("timer", "", "context.timers().every(Duration.ofHours(1), () -> note(\"\" + big[0]));");
        assertKept(
                "handler",
                "",
                "context.events().subscribe(\"tick\", event -> note(\"\" + big[0]));",
                "event-subscribe:tick");
        assertKept(
                "promise",
                "Promise<String> asked;",
                "asked = context.promise(); asked.future().onSuccess(text -> note(text + big[0]));");
        assertKept("pressure", "", "context.memory().onPressure(any -> note(\"\" + big[0]));");
        assertKept("local", "static final ThreadLocal<byte[]> LOCAL = new ThreadLocal<>();", "LOCAL.set(big);");
    }

    @Test
    void whatWaitsInItsMailboxIsItsOwnAndTheKernelIsNot() throws Exception {
        load(PluginJar.of("idle").capability("take", "return Future.succeededFuture();"));
        assertTrue(retained("idle") < 100_000, "bytes: " + retained("idle"));
        await(kernel.suspend("idle"));
        load(PluginJar.of("busy").capability("work", "return Future.succeededFuture();"));
        assertTrue(retained("busy") < 100_000, "bytes: " + retained("busy"));
    }

    @Test
    void classesAndThreadsAreShownAmongTheMetricsToo() throws Exception {
        PluginJar jar = PluginJar.of("many")
                .with("package test.many; public class Worker extends Thread { public void run() {"
                        + " try { synchronized (this) { wait(); } } catch (InterruptedException e) { } } }")
                .members("Worker worker;")
                .does("start", "worker = new Worker(); worker.start(); return Future.succeededFuture();")
                .does("stop", "worker.interrupt(); worker.join(); return Future.succeededFuture();");
        load(jar);
        JsonObject found = measured("many");
        assertEquals(1, found.getInteger("threads"), found::encode);
        assertTrue(found.getInteger("classes") >= 2, found::encode);
        assertTrue(found.getLong("classBytes") > 1_000, found::encode);
        assertTrue(found.getBoolean("retainedWhole"), found::encode);
        Set<String> names = kernel.metrics().stream().map(MetricSample::name).collect(Collectors.toSet());
        assertTrue(
                names.containsAll(
                        Set.of("kernel:retained_bytes", "kernel:classes", "kernel:class_bytes", "kernel:threads")),
                names::toString);
    }

    @Test
    void whoRetainsTooMuchIsAskedThenRefusedThenSuspended() throws Exception {
        List<JsonObject> told = new CopyOnWriteArrayList<>();
        await(kernel.events().subscribe("plugin.hoarder.suspended", event -> told.add((JsonObject) event.body())));
        load(
                PluginJar.of("hoarder")
                        .members("List<byte[]> kept = new ArrayList<>();")
                        .does(
                                "initialize",
                                "context.memory().onPressure(pressure -> note(\"asked at \" + (pressure.used() >> 20)));"
                                        + " return Future.succeededFuture();")
                        .capability(
                                "hoard",
                                "for (int i = 0; i < (Integer) call.body(); i++) kept.add(new byte[1 << 20]); return Future.succeededFuture();")
                        .capability("clear", "kept.clear(); return Future.succeededFuture();")
                        .capability(
                                "charge",
                                "context.memory().allocate(1); context.memory().deallocate(1); return Future.succeededFuture();"));
        await(kernel.call("hoarder", "hoard", 14));
        assertAbout(14 * MB, retained("hoarder"));
        soon().until(() -> notes().contains("hoarder:asked at 14"));
        assertDoesNotThrow(() -> await(kernel.call("hoarder", "charge", null)));
        await(kernel.call("hoarder", "hoard", 4));
        assertAbout(18 * MB, retained("hoarder"));
        soon().until(() -> notes().contains("hoarder:asked at 18"));
        String refused =
                String.valueOf(failure(kernel.call("hoarder", "charge", null)).getMessage());
        assertTrue(refused.contains("was found to retain"), refused);
        await(kernel.call("hoarder", "clear", null));
        measured("hoarder");
        assertDoesNotThrow(() -> await(kernel.call("hoarder", "charge", null)), "who gives back may charge again");
        await(kernel.call("hoarder", "hoard", 20));
        // From the first count on, the node looks by itself.
        measured("hoarder");
        awaitState("hoarder", PluginState.SUSPENDED);
        soon().until(() -> !told.isEmpty());
        String why = told.get(0).getString("reason");
        assertTrue(why.contains("three times in a row") && why.contains("of 16.0 MiB"), why);
        assertEquals("DP-0667", failure(kernel.call("hoarder", "charge", null)).code());
        await(kernel.resume("hoarder"));
        await(kernel.call("hoarder", "clear", null));
        measured("hoarder");
        assertEquals(PluginState.RUNNING, state("hoarder"));
    }

    @Test
    void whatWasCountedOfOneLifeIsNotHeldAgainstTheNext() throws Exception {
        load(PluginJar.of("crowd")
                .does(
                        "start",
                        "for (int i = 0; i < 600_000; i++) kept.add(new byte[1]); return Future.succeededFuture();")
                .members("List<byte[]> kept = new ArrayList<>();"));
        load(PluginJar.of("hoarder")
                .members("byte[] kept;")
                .capability("hoard", "kept = new byte[10 << 20]; return Future.succeededFuture();"));
        soon().until(() -> {
            await(kernel.call("hoarder", "hoard", null));
            Future<JsonObject> counted = kernel.control()
                    .invoke(Caller.OPERATOR, "resources", "measure", new JsonObject().put("id", "hoarder"));
            await(kernel.reload("hoarder"));
            boolean overtaken = !counted.isComplete();
            JsonObject shown = await(counted).getJsonArray("plugins").getJsonObject(0);
            assertTrue(!overtaken || shown.getLong("retained", 0L) < MB, shown::encode);
            return overtaken;
        });
    }

    @Test
    void aStopBeforeItRunsDoesNotEndASuspensionForMemory() throws Exception {
        Path data = folder.resolve("data");
        KernelOptions kept = options().withDataFolder(data);
        Kernel first = await(Kernel.create(vertx, kept.withAddressPrefix("one.")));
        PluginJar hoarder = PluginJar.of("hoarder")
                .members("byte[] kept;")
                .capability("hoard", "kept = new byte[20 << 20]; return Future.succeededFuture();");
        await(first.load(ArtifactSource.path(hoarder.in(folder)), LoadOptions.DEFAULT));
        await(first.call("hoarder", "hoard", null));
        await(first.control().invoke(Caller.OPERATOR, "resources", "measure", new JsonObject()));
        soon().until(() -> first.plugin("hoarder").orElseThrow().state() == PluginState.SUSPENDED);
        await(first.close(Duration.ofSeconds(10)));

        Kernel without = await(Kernel.create(vertx, kept.withAddressPrefix("two.")));
        await(without.stop("hoarder"));
        await(without.close(Duration.ofSeconds(10)));

        Kernel third = await(Kernel.create(vertx, kept.withAddressPrefix("three.")));
        assertEquals(
                PluginState.SUSPENDED,
                await(third.load("hoarder", LoadOptions.DEFAULT)).state());
        await(third.close(Duration.ofSeconds(10)));
    }

    @Test
    void aSuspensionForMemoryOutlivesTheNodeAndEndsByTheOperator() throws Exception {
        Path data = folder.resolve("data");
        KernelOptions kept = options().withDataFolder(data);
        Kernel first = await(Kernel.create(vertx, kept.withAddressPrefix("one.")));
        PluginJar hoarder = PluginJar.of("hoarder")
                .members("byte[] kept;")
                .capability(
                        "hoard",
                        "kept = new byte[Math.max(1, (Integer) call.body()) << 20]; return Future.succeededFuture();");
        await(first.load(ArtifactSource.path(hoarder.in(folder)), LoadOptions.DEFAULT));
        await(first.call("hoarder", "hoard", 20));
        await(first.control().invoke(Caller.OPERATOR, "resources", "measure", new JsonObject()));
        soon().until(() -> first.plugin("hoarder").orElseThrow().state() == PluginState.SUSPENDED);
        await(first.close(Duration.ofSeconds(10)));

        Kernel second = await(Kernel.create(vertx, kept.withAddressPrefix("two.")));
        PluginInfo again = await(second.load("hoarder", LoadOptions.DEFAULT));
        assertEquals(PluginState.SUSPENDED, again.state());
        String why = again.reason().orElseThrow();
        assertTrue(why.contains("three times in a row") && why.endsWith("The node was started again since."), why);
        await(second.resume("hoarder"));
        await(second.close(Duration.ofSeconds(10)));

        Kernel third = await(Kernel.create(vertx, kept.withAddressPrefix("three.")));
        assertEquals(
                PluginState.RUNNING,
                await(third.load("hoarder", LoadOptions.DEFAULT)).state());
        await(third.close(Duration.ofSeconds(10)));
    }
}
