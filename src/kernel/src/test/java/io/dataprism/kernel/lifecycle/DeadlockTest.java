package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two real plugins that take two locks in two orders; the locks are objects that both see. */
final class DeadlockTest extends KernelTest {
    private final Queue<JsonObject> told = new ConcurrentLinkedQueue<>();

    @Override
    protected KernelOptions options() {
        return KernelOptions.DEFAULT.withIntervals(Duration.ofMillis(50), Duration.ofSeconds(5));
    }

    @BeforeEach
    void listen() {
        vertx.eventBus().<JsonObject>consumer("event:kernel.deadlock", event -> told.add(event.body()));
    }

    /** Takes {@code first}, waits until the other one has taken its own, and takes {@code second}. */
    private void locker(String id, String first, String second, String take) throws Exception {
        load(PluginJar.of(id)
                .members("static java.util.concurrent.locks.ReentrantLock lock(String name) {"
                        + " return (java.util.concurrent.locks.ReentrantLock) System.getProperties().computeIfAbsent("
                        + "\"dataprism.test.\" + name, none -> new java.util.concurrent.locks.ReentrantLock()); }")
                .capability(
                        "take",
                        take.replace("FIRST", "lock(\"" + first + "\")")
                                .replace("SECOND", "lock(\"" + second + "\")")));
    }

    private void both(String take) throws Exception {
        System.getProperties().remove("dataprism.test.a");
        System.getProperties().remove("dataprism.test.b");
        load(PluginJar.of("good").capability("ping", "return Future.succeededFuture(\"pong\");"));
        locker("left", "a", "b", take);
        locker("right", "b", "a", take);
        kernel.call("left", "take", null);
        kernel.call("right", "take", null);
        soon().until(() -> !told.isEmpty());
        JsonObject deadlock = told.element();
        assertEquals("DP-0642", deadlock.getString("code"));
        assertEquals(new JsonArray(List.of("left", "right")), deadlock.getJsonArray("plugins"));
        for (int i = 0; i < 2; i++) {
            JsonObject thread = deadlock.getJsonArray("threads").getJsonObject(i);
            String plugin = thread.getString("plugin");
            assertTrue(thread.getString("at").startsWith(plugin + "@1.0.0//test." + plugin + ".Main."), thread::encode);
            assertTrue(thread.getString("waitsFor").contains("@"), thread::encode);
            assertTrue(thread.getString("heldBy").startsWith("dataprism-"), thread::encode);
        }
        assertEquals("pong", await(kernel.<String>call("good", "ping", null)));
    }

    /** Nothing ends a thread that waits for a monitor. */
    @Test
    void pluginsThatHoldEachOthersMonitorsAreNamedAndGivenUp() throws Exception {
        both("Object first = FIRST; Object second = SECOND; synchronized (first) { FIRST.lock(); FIRST.unlock();"
                + " System.getProperties().put(\"dataprism.test.\" + System.identityHashCode(first), \"taken\"); while"
                + " (System.getProperty(\"dataprism.test.\" + System.identityHashCode(second)) == null) {"
                + " Thread.onSpinWait(); } synchronized (second) { return Future.succeededFuture(); } }");
        awaitState("left", PluginState.QUARANTINED);
        awaitState("right", PluginState.QUARANTINED);
        PluginFailure failure = kernel.plugin("left").orElseThrow().failure().orElseThrow();
        assertEquals("DP-0819", failure.code());
        assertTrue(failure.message().contains("(BLOCKED)"), failure.message());
        assertEquals(1, told.size());
    }

    /** One of them lets go of its lock when it is interrupted, and the other one gets it. */
    @Test
    void pluginsThatCanBeInterruptedGoOn() throws Exception {
        both("try { FIRST.lockInterruptibly(); try { while (!SECOND.isLocked()) { Thread.onSpinWait(); }"
                + " SECOND.lockInterruptibly(); SECOND.unlock(); note(\"done\"); } finally { FIRST.unlock(); }"
                + " } catch (InterruptedException e) { note(\"interrupted\"); } return Future.succeededFuture();");
        soon().until(() ->
                notes().stream().filter(note -> note.endsWith(":done")).count() == 1);
        soon().until(() ->
                notes().stream().filter(note -> note.endsWith(":interrupted")).count() == 1);
        assertEquals(PluginState.RUNNING, state("left"));
        assertEquals(PluginState.RUNNING, state("right"));
    }
}
