package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.kernel.Kernel;
import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.desired.DesiredState;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.supervision.Quarantine;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A plugin that was quarantined when the node ended still is when it starts, whatever its configuration wants. */
final class QuarantineOutlivesTest extends KernelTest {
    @Override
    protected KernelOptions options() {
        return KernelOptions.DEFAULT.withDataFolder(folder.resolve("data"));
    }

    private void restart() throws Exception {
        await(closed());
        kernel = await(Kernel.create(vertx, options()));
    }

    private Optional<Quarantine> quarantine() {
        return kernel.plugin("loop").orElseThrow().supervised().quarantine();
    }

    @Test
    void untilItIsReleased() throws Exception {
        load(PluginJar.of("loop")
                .capability("break", "context.fail(new Error(\"first\")); return Future.succeededFuture();")
                .yaml("supervision: {pause: 1ms..2ms, intensity: 1 in 1s}"));
        kernel.call("loop", "break", null);
        awaitState("loop", PluginState.QUARANTINED);
        Quarantine before = quarantine().orElseThrow();
        PluginJar.notes().clear();
        restart();
        await(kernel.apply(DesiredState.fromJson(new JsonObject().put("loop", new JsonObject()))));
        assertEquals(PluginState.QUARANTINED, state("loop"));
        assertEquals(before, quarantine().orElseThrow());
        assertEquals(List.of(), notes());
        assertEquals(PluginState.RUNNING, await(kernel.release("loop")).state());
        restart();
        assertEquals(PluginState.INSTALLED, state("loop"));
    }
}
