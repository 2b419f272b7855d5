package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.ResourceOptions;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A plugin is asked to give memory back before anything is refused, in its own slices; what it does wrong then is its own. */
final class MemoryPressureTest extends KernelTest {
    private static final int LIMIT = 1_000;

    @Override
    protected KernelOptions options() {
        return KernelOptions.DEFAULT
                .withResources(ResourceOptions.DEFAULT.withMaxMemoryPerPlugin(LIMIT))
                .withIntervals(Duration.ofMillis(50), Duration.ofSeconds(5));
    }

    private static PluginJar hoarder(String handler) {
        return PluginJar.of("hoarder")
                .does(
                        "initialize",
                        "context.memory().onPressure(pressure -> { " + handler + " });"
                                + "return Future.succeededFuture();")
                .capability(
                        "take",
                        "context.memory().allocate(300); return Future.succeededFuture(context.memory().used());");
    }

    private long take() throws Exception {
        return await(kernel.<Long>call("hoarder", "take", null));
    }

    @Test
    void whoGivesBackWhenItIsAskedIsRefusedNothing() throws Exception {
        load(hoarder("context.memory().deallocate(600);"));
        for (int i = 0; i < 20; i++) {
            long used = take();
            assertTrue(used <= LIMIT, used + " bytes");
        }
    }

    @Test
    void aHandlerThatFailsIsToldAndDoesNoHarm() throws Exception {
        List<JsonObject> told = new CopyOnWriteArrayList<>();
        await(kernel.events().subscribe("plugin.hoarder.**", event -> told.add((JsonObject) event.body())));
        load(hoarder("throw new IllegalStateException(\"no\");"));
        assertEquals(300, take());
        assertEquals(600, take());
        assertEquals(900, take());
        soon().until(() -> told.stream().anyMatch(event -> event.encode().contains("IllegalStateException")));
        String refused =
                String.valueOf(failure(kernel.call("hoarder", "take", null)).getMessage());
        assertTrue(refused.contains("Plugin hoarder exceeds memory limit"), refused);
    }
}
