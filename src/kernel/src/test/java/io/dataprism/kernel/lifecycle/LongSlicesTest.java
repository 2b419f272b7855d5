package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who holds up a thread is named, wherever its slices run. */
final class LongSlicesTest extends KernelTest {
    @Override
    protected KernelOptions options() {
        return KernelOptions.DEFAULT
                .withSteps(StepDeadlines.each(Duration.ofMillis(400)))
                .withIntervals(Duration.ofMillis(50), Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @CsvSource({"isolation: event-loop, vert.x-eventloop-thread-", "blocking: true, dataprism-waiting-"})
    void theThreadAndThePluginsFrameAreTold(String placed, String thread) throws Exception {
        Queue<JsonObject> told = new ConcurrentLinkedQueue<>();
        vertx.eventBus().<JsonObject>consumer("event:plugin.slow.stuck", event -> told.add(event.body()));
        install(PluginJar.of("slow")
                .yaml(placed)
                .permission("vertx-access")
                .capability(
                        "wait",
                        "try { new java.util.concurrent.CountDownLatch(1).await(); } catch (InterruptedException e) {"
                                + " note(\"interrupted\"); } return Future.succeededFuture();"));
        kernel.grants().grant(new PluginId("slow"), "vertx-access", "test", "");
        await(kernel.load("slow"));
        kernel.call("slow", "wait", null);
        soon().until(() -> notes().contains("slow:interrupted"));
        soon().until(() -> !told.isEmpty());
        JsonObject stuck = told.remove();
        assertTrue(stuck.getString("thread").startsWith(thread), stuck::encode);
        assertTrue(stuck.getString("at").startsWith("slow@1.0.0//test.slow.Main."), stuck::encode);
        assertEquals("WAITING", stuck.getString("threadState"));
        assertTrue(told.isEmpty(), told::toString);
        assertEquals(PluginState.RUNNING, state("slow"));
    }
}
