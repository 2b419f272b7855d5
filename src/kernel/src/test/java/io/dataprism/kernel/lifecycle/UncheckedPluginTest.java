package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.api.Event;
import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.logging.LogLines;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/**
 * The periodic look at a plugin fails, as it does where its thread waits in a channel of its own making whose end throws: the JVM ends that on the
 * thread that interrupts. The others are looked at all the same.
 */
final class UncheckedPluginTest extends KernelTest {
    private static final String HOLE = """
            static final class Hole extends java.nio.channels.spi.AbstractInterruptibleChannel {
                @Override
                protected void implCloseChannel() {
                    throw new StackOverflowError("out of a plugin");
                }

                void fallIn() throws java.io.IOException {
                    begin();
                    try {
                        while (!Thread.currentThread().isInterrupted()) {
                            Thread.onSpinWait();
                        }
                    } finally {
                        end(true);
                    }
                }
            }
            """;

    private final List<Event> told = new CopyOnWriteArrayList<>();

    @Override
    protected KernelOptions options() {
        Optional<Duration> unset = Optional.empty();
        return KernelOptions.DEFAULT
                .withIntervals(Duration.ofMillis(20), Duration.ofSeconds(5))
                .withSteps(new StepDeadlines(unset, unset, unset, unset, unset, unset, Duration.ofMillis(100)));
    }

    private static PluginJar stuck(String id) {
        return PluginJar.of(id).capability("hang", "Thread.sleep(3_600_000); return Future.succeededFuture();");
    }

    @Test
    void itIsToldOfOnceAndKeepsNoOtherFromBeingFreed() throws Exception {
        load(stuck("a-before"));
        load(PluginJar.of("hole")
                .members(HOLE)
                .capability("hang", "new Hole().fallIn(); return Future.succeededFuture();"));
        load(stuck("z-after"));
        await(kernel.events().subscribe("plugin.hole.unchecked", told::add));
        try (LogLines log = new LogLines(Watch.class)) {
            Future<Object> inHole = kernel.call("hole", "hang", null);
            Future<Object> before = kernel.call("a-before", "hang", null);
            Future<Object> after = kernel.call("z-after", "hang", null);
            failure(inHole);
            failure(before);
            failure(after);
            soon().until(() -> log.seen().size() >= 2);
            assertEquals(
                    List.of(
                            "Plugin 'hole' could not be checked; this is an error of the kernel",
                            "Plugin 'hole' is checked again"),
                    log.seen());
        }
        soon().until(() -> !told.isEmpty());
        assertEquals(1, told.size());
        JsonObject error = ((JsonObject) told.get(0).body()).getJsonObject("error");
        assertEquals("DP-0835", error.getString("code"));
    }
}
