package io.dataprism.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** After an unload nothing of a plugin is left. */
final class UnloadTest extends KernelTest {
    private static final int CYCLES = 500;

    @Override
    protected KernelOptions options() {
        return KernelOptions.DEFAULT.withIntervals(Duration.ofMillis(100), Duration.ofSeconds(5));
    }

    private static PluginJar busy(String id) {
        return PluginJar.of(id)
                .permission("event-subscribe:**")
                .permission("event-publish:news.*")
                .does(
                        "initialize",
                        "context.memory().allocate(1000);"
                                + " context.timers().every(Duration.ofMillis(1), () -> {});"
                                + " return context.events().subscribe(\"news.*\", event -> {}).mapEmpty();")
                .does(
                        "start",
                        "return context.events().publish(\"news.today\", new JsonObject().put(\"a\", 1))"
                                + ".compose(done -> context.blocking(() -> 1)).mapEmpty();")
                .capability("work", "return Future.succeededFuture(new JsonObject().put(\"done\", true));");
    }

    private int unloading() {
        AtomicReference<JsonObject> seen = new AtomicReference<>();
        soon().until(() -> {
            seen.set(lastCheck.getAndSet(null));
            return seen.get() != null;
        });
        return seen.get().getInteger("unloading");
    }

    private final AtomicReference<JsonObject> lastCheck = new AtomicReference<>();

    /** It takes several garbage collections, and on a busy machine each may take seconds. */
    private void untilAllAreCollected() {
        soon().atMost(Duration.ofMinutes(3)).until(() -> {
            System.gc();
            return unloading() == 0;
        });
    }

    @Test
    void everyLoaderOfManyCyclesIsCollected() throws Exception {
        await(kernel.events().subscribe("kernel.check", event -> lastCheck.set((JsonObject) event.body())));
        install(busy("cycle"));
        kernel.grants().grant(new io.dataprism.api.PluginId("cycle"), "event-subscribe:**", "test", "");
        kernel.grants().grant(new io.dataprism.api.PluginId("cycle"), "event-publish:news.*", "test", "");
        PluginJar.notes().clear();
        System.getProperties().remove("dataprism.test.notes");
        for (int i = 0; i < CYCLES; i++) {
            await(kernel.load("cycle"));
            if (i % 10 == 0) {
                assertEquals(new JsonObject().put("done", true), await(kernel.call("cycle", "work", null)));
            }
            await(kernel.unload("cycle"));
        }
        untilAllAreCollected();
        assertEquals(0, vertx.deploymentIDs().size());
    }

    @Test
    void aLeakIsReportedWithItsHolder() throws Exception {
        await(kernel.events().subscribe("kernel.check", event -> lastCheck.set((JsonObject) event.body())));
        AtomicReference<JsonObject> leak = new AtomicReference<>();
        await(kernel.events().subscribe("kernel.leak", event -> leak.set((JsonObject) event.body())));
        load(PluginJar.of("leaky")
                .does(
                        "start",
                        "Thread left = new Thread(() -> { try { new java.util.concurrent.CountDownLatch(1).await(); }"
                                + " catch (InterruptedException e) {} }, \"left-by-leaky\");"
                                + " left.setDaemon(true); left.start(); return Future.succeededFuture();"));
        await(kernel.unload("leaky"));
        soon().until(() -> leak.get() != null);
        assertEquals("leaky@1.0.0", leak.get().getString("plugin"));
        String text = leak.get().getJsonObject("error").getString("message");
        assertTrue(text.contains("thread 'left-by-leaky'"), text);
        endThreadOfLeaky();
        untilAllAreCollected();
    }

    private static void endThreadOfLeaky() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("left-by-leaky")) {
                thread.interrupt();
                thread.join();
            }
        }
    }

    @Test
    void whatAPluginLeftOnSharedThreadsDoesNotHoldIt() throws Exception {
        await(kernel.events().subscribe("kernel.check", event -> lastCheck.set((JsonObject) event.body())));
        load(
                PluginJar.of("local")
                        .members("static final ThreadLocal<Object> LOCAL = new ThreadLocal<>(); static class Held {}")
                        .does(
                                "start",
                                "LOCAL.set(new Held()); return context.blocking(() -> { LOCAL.set(new Held()); return null; });"));
        await(kernel.unload("local"));
        untilAllAreCollected();
    }
}
