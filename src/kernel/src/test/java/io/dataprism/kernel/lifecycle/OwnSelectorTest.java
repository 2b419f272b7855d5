package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A plugin's thread waits in a selector of the plugin's own making, which the JVM wakes on the thread that interrupts: what it does there, throw or
 * never end, holds up neither the kernel nor other plugins.
 */
final class OwnSelectorTest extends KernelTest {
    private static final String THROWS = "throw new StackOverflowError(\"out of a plugin\");";
    private static final String NEVER_ENDS = "while (!isOpen()) { Thread.onSpinWait(); } return null;";

    private static final String HOLE = """
            static final class Hole extends java.nio.channels.spi.AbstractSelector {
                Hole() {
                    super(null);
                }

                @Override
                public java.nio.channels.Selector wakeup() {
                    return Main.woken();
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

    private static PluginJar hole(String woken) {
        return PluginJar.of("hole").members(HOLE + "static java.nio.channels.Selector woken() { " + woken + " }");
    }

    @ParameterizedTest
    @ValueSource(strings = {THROWS, NEVER_ENDS})
    void itIsGivenUpAndOthersAreFreed(String woken) throws Exception {
        CountDownLatch gate = PluginJar.gate();
        try {
            load(stuck("a-before"));
            load(hole(woken).capability("hang", "return hole.fallIn();"));
            load(stuck("z-after"));
            Future<Object> inHole = kernel.call("hole", "hang", null);
            Future<Object> before = kernel.call("a-before", "hang", null);
            Future<Object> after = kernel.call("z-after", "hang", null);
            failure(before);
            failure(after);
            awaitState("hole", PluginState.QUARANTINED);
            failure(inHole);
            assertEquals(PluginState.RUNNING, load(PluginJar.of("unit")).state());
        } finally {
            gate.countDown();
        }
    }

    @Test
    void itsBlockingWorkKeepsNoUnloadAndNoClose() throws Exception {
        CountDownLatch gate = PluginJar.gate();
        try {
            load(hole(NEVER_ENDS)
                    .capability(
                            "hang",
                            "context.blocking(() -> { hole.fallIn(); return null; });"
                                    + " return Future.succeededFuture(\"begun\");"));
            assertEquals("begun", await(kernel.<String>call("hole", "hang", null)));
            await(kernel.unload("hole"));
            assertEquals(PluginState.RUNNING, load(PluginJar.of("unit")).state());
            kernel.close(Duration.ofSeconds(5))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);
        } finally {
            gate.countDown();
        }
    }
}
