package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** What is removed is there, or it is not: nobody meets one that is half gone. */
final class RemovalTest extends KernelTest {

    @Test
    void aLoadBehindARemovalFindsNothing() throws Exception {
        ArtifactSource unit = ArtifactSource.path(PluginJar.of("unit").in(folder));
        for (int round = 0; round < 30; round++) {
            await(kernel.install(unit));
            await(kernel.load("unit"));
            Future<Void> removed = kernel.remove("unit");
            Future<PluginInfo> loaded = kernel.load("unit");
            Future<PluginInfo> configured = kernel.configure("unit", new JsonObject());
            await(removed);
            assertEquals("DP-0201", failure(loaded).code());
            assertEquals("DP-0201", failure(configured).code());
            assertTrue(kernel.plugin("unit").isEmpty());
        }
    }

    @Test
    void onesThatAreRemovedAndInstalledAtOnceEndAsOneOfTheTwo() throws Exception {
        ArtifactSource unit = ArtifactSource.path(PluginJar.of("unit").in(folder));
        for (int round = 0; round < 30; round++) {
            await(kernel.install(unit));
            await(kernel.load("unit"));
            Future<Void> removed = kernel.remove("unit");
            Future<PluginInfo> installed = kernel.install(unit);
            await(removed);
            await(installed.otherwiseEmpty());
            if (installed.failed()) {
                assertEquals("DP-0201", failure(installed).code());
            }
            if (kernel.plugin("unit").isPresent()) {
                assertEquals(PluginState.RUNNING, await(kernel.load("unit")).state());
            }
        }
    }

    @Test
    void removingTwiceAtOnceIsRemovingOnce() throws Exception {
        load(PluginJar.of("unit"));
        Future<Void> first = kernel.remove("unit");
        Future<Void> second = kernel.remove("unit");
        await(first);
        await(second);
        assertTrue(kernel.plugin("unit").isEmpty());
        assertEquals("DP-0201", failure(kernel.load("unit")).code());
    }

    @Test
    void oneWhoseStopFailsIsRemovedAllTheSame() throws Exception {
        load(PluginJar.of("unit").does("stop", "throw new IllegalStateException(\"no\");"));
        await(kernel.remove("unit"));
        assertTrue(kernel.plugin("unit").isEmpty());
    }
}
