package io.dataprism.kernel.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.lifecycle.StepDeadlines;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A plugin's process ends, or does not go on, and the kernel finds out. */
final class ProcessEndsTest extends KernelTest {
    private long pid;

    @Override
    protected KernelOptions options() {
        return KernelOptions.DEFAULT.withSteps(new StepDeadlines(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(1)));
    }

    @BeforeEach
    void begin() throws Exception {
        load(PluginJar.of("apart")
                .yaml("isolation: process")
                .yaml("limits: {memory: 32MiB}")
                .yaml("supervision: {pause: 1ms..5ms}")
                .members("static java.util.List<byte[]> all = new ArrayList<>();")
                .capability("pid", "return Future.succeededFuture(ProcessHandle.current().pid());")
                .capability("never", "return context.promise().future();")
                .capability("spin", "for (long i = 0; ; i++) { if (i == -1) return Future.succeededFuture(i); }")
                .capability("fill", "while (true) all.add(new byte[1 << 20]);")
                .capability(
                        "give-up",
                        "context.fail(new IllegalStateException(\"lost\")); return context.promise().future();"));
        pid = pid();
    }

    private long pid() throws Exception {
        await(kernel.<Number>call("apart", "pid", null));
        return ChildOf.pid(ProcessHandle.current());
    }

    private void signal(String name) throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + name, String.valueOf(pid))
                        .start()
                        .waitFor());
    }

    private void awaitAnother() {
        soon().until(() -> state("apart") == PluginState.RUNNING
                && !ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)
                && pid() != pid);
    }

    private PluginException fails(Future<?> call, long withinMillis) {
        long begun = System.nanoTime();
        PluginException failed = failure(call);
        long took = (System.nanoTime() - begun) / 1_000_000;
        assertTrue(took < withinMillis, took + " ms: " + failed.getMessage());
        return failed;
    }

    @Test
    void whoKillsItIsTold() throws Exception {
        Future<Object> waits = kernel.call("apart", "never", null);
        signal("KILL");
        PluginException failed = fails(waits, 5_000);
        assertEquals("DP-0984", failed.code());
        assertTrue(failed.getMessage().contains("it was killed (signal 9)"), failed.getMessage());
        awaitAnother();
    }

    @Test
    void oneThatIsStoppedIsEnded() throws Exception {
        Future<Object> waits = kernel.call("apart", "never", null);
        signal("STOP");
        assertEquals("DP-0985", fails(waits, 5_000).code());
        awaitAnother();
    }

    @Test
    void oneThatSpinsIsEnded() throws Exception {
        assertEquals(
                "DP-0986", fails(kernel.call("apart", "spin", null), 10_000).code());
        awaitAnother();
    }

    @Test
    void outOfMemoryEndsItAlone() throws Exception {
        PluginException failed = fails(kernel.call("apart", "fill", null), 10_000);
        assertEquals("DP-0984", failed.code());
        assertTrue(failed.getMessage().contains("out of memory"), failed.getMessage());
        awaitAnother();
    }

    @Test
    void nothingIsLeftOfOneThatIsUnloaded() throws Exception {
        await(kernel.unload("apart"));
        assertFalse(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
        assertTrue(
                Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(
                                thread -> thread.isAlive() && thread.getName().equals("dataprism-process-apart")),
                "a thread reads what nobody says");
    }

    @Test
    void oneThatGivesUpIsStartedAgain() throws Exception {
        kernel.call("apart", "give-up", null);
        awaitAnother();
    }
}
