package io.dataprism.kernel.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A plugin in a process of its own that does much, and nothing wrong. */
final class BusyChildTest extends KernelTest {
    private static final int CALLS = 1_500;
    private static final int LINES = 40;

    @Test
    void whatItSaysForEachMessageNeverStopsItsMessages() throws Exception {
        load(PluginJar.of("busy")
                .yaml("isolation: process")
                .capability("says", """
                        for (int i = 0; i < %d; i++) context.log().debug("line " + i);
                        return Future.succeededFuture(call.body());
                        """.formatted(LINES))
                .capability("interrupted", """
                        Thread.currentThread().interrupt();
                        context.log().info("interrupted");
                        return Future.succeededFuture(Thread.interrupted());
                        """));
        assertEquals(true, await(kernel.call("busy", "interrupted", null)));
        List<Future<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            calls.add(kernel.call("busy", "says", i));
        }
        await(Future.all(calls));
        assertEquals(CALLS - 1, calls.get(CALLS - 1).result());
    }

    @Test
    void whileItIsSuspendedItDoesNothingAtAll() throws Exception {
        load(PluginJar.of("held")
                .yaml("isolation: process")
                .capability("echo", "return Future.succeededFuture(call.body());"));
        Path stat = Path.of("/proc", String.valueOf(ChildOf.pid(ProcessHandle.current())), "stat");
        await(kernel.suspend("held"));
        soon().until(() -> Files.readString(stat).contains(") T "));
        await(kernel.resume("held"));
        assertEquals(1, await(kernel.<Integer>call("held", "echo", 1)));
        await(kernel.suspend("held"));
        await(kernel.unload("held"));
        assertEquals(PluginState.INSTALLED, state("held"));
    }
}
