package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/**
 * The periodic look at a plugin fails, as it does where its thread waits in a selector of its own making whose wakeup throws: the JVM calls that on
 * the thread that interrupts. The others are looked at all the same.
 */
final class UncheckedPluginTest extends KernelTest {
    private static final String HOLE = """
            static final class Hole extends java.nio.channels.spi.AbstractSelector {
                Hole() {
                    super(null);
                }

                @Override
                public java.nio.channels.Selector wakeup() {
                    throw new StackOverflowError("out of a plugin");
                }

                Future<Object> fallIn() {
                    begin();
                    while (!Main.isOpen()) {
                        Thread.onSpinWait();
                    }
                    end();
                    return Future.succeededFuture("out");
                }

                @Override
                protected void implCloseSelector() {}

                @Override
                protected java.nio.channels.SelectionKey register(
                        java.nio.channels.spi.AbstractSelectableChannel channel, int operations, Object attachment) {
                    return null;
                }

                @Override
                public Set<java.nio.channels.SelectionKey> keys() {
                    return Set.of();
                }

                @Override
                public Set<java.nio.channels.SelectionKey> selectedKeys() {
                    return Set.of();
                }

                @Override
                public int selectNow() {
                    return 0;
                }

                @Override
                public int select(long timeout) {
                    return 0;
                }

                @Override
                public int select() {
                    return 0;
                }
            }

            // Its class is there before anybody falls in.
            private final Hole hole = new Hole();
            """;

    private final List<Event> told = new CopyOnWriteArrayList<>();

    @Override
    protected KernelOptions options() {
        Optional<Duration> unset = Optional.empty();
        return KernelOptions.DEFAULT
                .withIntervals(Duration.ofMillis(20), Duration.ofSeconds(5))
                .withSteps(new StepDeadlines(unset, unset, unset, unset, unset, unset, Duration.ofMillis(500)));
    }

    private static PluginJar stuck(String id) {
        return PluginJar.of(id).capability("hang", "Thread.sleep(3_600_000); return Future.succeededFuture();");
    }

    @Test
    void itIsToldOfOnceAndKeepsNoOtherFromBeingFreed() throws Exception {
        CountDownLatch gate = PluginJar.gate();
        load(stuck("a-before"));
        load(PluginJar.of("hole").members(HOLE).capability("hang", "return hole.fallIn();"));
        load(stuck("z-after"));
        await(kernel.events().subscribe("plugin.hole.unchecked", told::add));
        try (LogLines log = new LogLines(Watch.class)) {
            Future<Object> inHole = kernel.call("hole", "hang", null);
            soon().until(() -> !told.isEmpty() || inHole.isComplete());
            assertFalse(inHole.isComplete(), inHole::toString);
            Future<Object> before = kernel.call("a-before", "hang", null);
            Future<Object> after = kernel.call("z-after", "hang", null);
            failure(before);
            failure(after);
            assertFalse(inHole.isComplete());
            gate.countDown();
            assertEquals("out", await(inHole));
            soon().until(() -> log.seen().size() == 2);
            assertEquals(
                    List.of(
                            "Plugin 'hole' could not be checked; this is an error of the kernel",
                            "Plugin 'hole' is checked again"),
                    log.seen());
        } finally {
            gate.countDown();
        }
        assertEquals(1, told.size());
        JsonObject error = ((JsonObject) told.get(0).body()).getJsonObject("error");
        assertEquals("DP-0835", error.getString("code"));
    }
}
