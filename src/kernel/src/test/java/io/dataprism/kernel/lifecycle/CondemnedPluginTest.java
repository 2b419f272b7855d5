package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.admission.AdmissionOptions;
import io.dataprism.kernel.admission.Untrusted;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real jars whose code would not end, on a node that guards its plugins' classes. */
final class CondemnedPluginTest extends KernelTest {
    /** What the test's own code in the plugins calls. */
    private static final String NOTING = "system-properties";

    private final Queue<JsonObject> told = new ConcurrentLinkedQueue<>();

    @Override
    protected KernelOptions options() {
        // This JVM has no agent, and nobody signs the tests' jars
        return KernelOptions.DEFAULT
                .withSandboxed(true)
                .withAdmission(AdmissionOptions.DEFAULT.withUntrusted(Untrusted.ALLOW))
                .withSteps(StepDeadlines.each(Duration.ofMillis(400)))
                .withIntervals(Duration.ofMillis(50), Duration.ofSeconds(5));
    }

    @BeforeEach
    void listen() {
        vertx.eventBus().<JsonObject>consumer("event:plugin.hog.stuck", event -> told.add(event.body()));
        vertx.eventBus().<JsonObject>consumer("event:plugin.hog.freed", event -> told.add(event.body()));
    }

    private PluginInfo loaded(PluginJar jar) throws Exception {
        return await(kernel.load(
                ArtifactSource.path(jar.permission(NOTING).in(folder)), LoadOptions.DEFAULT.grants(NOTING)));
    }

    private static PluginJar hog(String spin) {
        return PluginJar.of("hog")
                .members("static long x; static void down(long n) { try { down(n + 1); } finally { down(n + 1); } }")
                .does("stop", "note(\"stop\"); return Future.succeededFuture();")
                .does("destroy", "note(\"destroy\"); return Future.succeededFuture();")
                .capability("spin", spin);
    }

    private static long threads(Predicate<Thread> which) {
        return Thread.getAllStackTraces().keySet().stream().filter(which).count();
    }

    /** Whether a thread has a frame of the hog's code on its stack. */
    private static boolean isHogs(Thread thread) {
        return List.of(thread.getStackTrace()).stream()
                .anyMatch(frame -> String.valueOf(frame.getClassLoaderName()).startsWith("hog@"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "while (true) { try { x++; } catch (Throwable t) { } }",
                "while (true) { try { try { x++; } finally { x--; } } catch (Throwable t) { continue; } finally { x +="
                        + " 2; } }",
                "down(0); return null;",
                "while (true) { try { Thread.sleep(10); } catch (InterruptedException eaten) { } }"
            })
    void whatEatsInterruptsIsEndedAndItsThreadIsFree(String spin) throws Exception {
        loaded(PluginJar.of("good").capability("ping", "return Future.succeededFuture(\"pong\");"));
        loaded(hog(spin));
        kernel.call("hog", "spin", null);
        soon().until(() -> threads(CondemnedPluginTest::isHogs) > 0);
        assertEquals("pong", await(kernel.<String>call("good", "ping", null)));
        awaitState("hog", PluginState.QUARANTINED);
        PluginFailure failure = kernel.plugin("hog").orElseThrow().failure().orElseThrow();
        assertEquals("DP-0640", failure.code(), failure.message());
        assertTrue(failure.message().contains("It was at hog@1.0.0//test.hog.Main."), failure.message());
        assertEquals(0, threads(CondemnedPluginTest::isHogs));
        assertEquals("pong", await(kernel.<String>call("good", "ping", null)));
        assertFalse(notes().contains("hog:stop") || notes().contains("hog:destroy"), notes()::toString);
        awaitTold();
        // What is released is made anew.
        await(kernel.release("hog"));
        assertEquals(PluginState.RUNNING, state("hog"));
    }

    private void awaitTold() {
        soon().until(() -> told.size() > 1);
        JsonObject stuck = told.remove();
        assertEquals("DP-0641", stuck.getString("code"));
        assertTrue(stuck.getString("at").startsWith("hog@1.0.0//test.hog.Main."), stuck::encode);
        assertTrue(stuck.getJsonArray("stack").contains(stuck.getString("at")), stuck::encode);
        assertTrue(stuck.getLong("ms") >= 400, stuck::encode);
        assertTrue(told.remove().getLong("ms") >= stuck.getLong("ms"));
        assertTrue(told.isEmpty(), told::toString);
    }

    @Test
    void aStepThatDoesNotEndIsEndedToo() throws Exception {
        PluginJar jar = hog("return null;").does("start", "while (true) { try { x++; } catch (Throwable t) { } }");
        PluginException failure = failure(kernel.load(
                ArtifactSource.path(jar.permission(NOTING).in(folder)), LoadOptions.DEFAULT.grants(NOTING)));
        assertEquals("DP-0640", failure.code(), failure.getMessage());
        assertTrue(String.valueOf(failure.getMessage()).startsWith("Plugin 'hog' 1.0.0 is stuck in start: "));
        assertEquals(PluginState.QUARANTINED, state("hog"));
        assertEquals(0, threads(CondemnedPluginTest::isHogs));
    }

    @Test
    void aStopThatDoesNotEndIsEndedAndTheRestIsTakenBack() throws Exception {
        loaded(hog("return null;").does("stop", "while (true) { try { x++; } catch (Throwable t) { } }"));
        await(kernel.stop("hog").otherwiseEmpty());
        awaitState("hog", PluginState.QUARANTINED);
        PluginFailure failure = kernel.plugin("hog").orElseThrow().failure().orElseThrow();
        assertEquals("DP-0640", failure.code(), failure.message());
        assertEquals(0, threads(CondemnedPluginTest::isHogs));
        AtomicInteger unloading = new AtomicInteger(-1);
        vertx.eventBus()
                .<JsonObject>consumer(
                        "event:kernel.check",
                        event -> unloading.set(event.body().getInteger("unloading")));
        soon().until(() -> unloading.get() == 0);
    }

    /** Blocking work may take its time while the plugin runs, and none afterwards. */
    @Test
    void blockingWorkThatGoesOnAfterItsPluginIsEnded() throws Exception {
        loaded(hog("return context.blocking(() -> { while (true) { try { x++; } catch (Throwable t) { } } });"));
        kernel.call("hog", "spin", null);
        soon().until(() -> threads(CondemnedPluginTest::isHogs) > 0);
        await(kernel.stop("hog").otherwiseEmpty());
        soon().until(() -> threads(CondemnedPluginTest::isHogs) == 0);
    }
}
