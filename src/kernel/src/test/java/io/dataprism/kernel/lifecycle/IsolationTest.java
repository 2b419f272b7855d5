package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.dataprism.kernel.vertx.PluginDeployer;
import org.junit.jupiter.api.Test;

/** Where plugins run, by what their manifests say and what they were granted. */
final class IsolationTest extends KernelTest {
    private static final String THREAD = "return Future.succeededFuture(Thread.currentThread().getName());";

    private static PluginJar trusted(String isolation) {
        return PluginJar.of("trusted")
                .yaml("isolation: " + isolation)
                .permission("vertx-access")
                .capability("where", THREAD);
    }

    private void trust() {
        kernel.grants().grant(new PluginId("trusted"), "vertx-access", "test", "");
    }

    @Test
    void anEventLoopIsForThoseThatWereGrantedIt() throws Exception {
        install(trusted("event-loop"));
        PluginException refused = failure(kernel.load("trusted"));
        assertEquals("DP-0838", refused.code());
        assertEquals(
                "Plugin 'trusted' 1.0.0 wants isolation event-loop, which is for trusted plugins, but was not granted"
                        + " 'vertx-access'. Grant it if you trust the plugin wholly, or use isolation worker.",
                refused.getMessage());
        trust();
        await(kernel.load("trusted"));
        assertTrue(await(kernel.<String>call("trusted", "where", null)).startsWith("vert.x-eventloop-thread-"));
        await(kernel.unload("trusted"));
        assertEquals(PluginState.INSTALLED, state("trusted"));
    }

    @Test
    void virtualThreadsNeedAJavaThatHasThem() throws Exception {
        install(trusted("virtual"));
        trust();
        if (PluginDeployer.hasVirtualThreads()) {
            await(kernel.load("trusted"));
            assertFalse(await(kernel.<String>call("trusted", "where", null)).startsWith("dataprism-"));
        } else {
            PluginException refused = failure(kernel.load("trusted"));
            assertTrue(refused.getMessage().contains("they need Java 21 or newer"), refused.getMessage());
        }
    }

    @Test
    void whoSaysThatItsHandlersWaitHasThreadsApart() throws Exception {
        load(PluginJar.of("waits").yaml("blocking: true").capability("where", THREAD));
        load(PluginJar.of("usual").capability("where", THREAD));
        assertTrue(await(kernel.<String>call("waits", "where", null)).startsWith("dataprism-waiting-"));
        assertTrue(await(kernel.<String>call("usual", "where", null)).startsWith("dataprism-carrier-"));
    }
}
