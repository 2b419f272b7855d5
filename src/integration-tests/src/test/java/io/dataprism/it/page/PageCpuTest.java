package io.dataprism.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.ResourceOptions;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.resource.PluginUse;
import io.dataprism.testkit.PluginUnderTest;
import io.dataprism.testkit.TestKernel;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A kernel on which a plugin may use a fifth of a core, looked at each tenth of a second. */
class PageCpuTest extends PageTest {
    private static final KernelOptions SMALL = KernelOptions.fromJson(json().put("node", "small")
            .put("resources", json().put("maxCpuPerPlugin", 20).put("monitorInterval", "100ms")));

    @Override
    TestKernel start(Vertx vertx) {
        return TestKernel.on(vertx, SMALL);
    }

    private PluginUse use(String plugin) {
        return kernel.kernel().resources().stream()
                .filter(use -> use.plugin().value().equals(plugin))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName(
            "CPU Monitor: PluginCPUMonitor, startMonitoring: options.maxCPUPerPlugin || 50% of one core, options.monitorInterval || 1 second")
    void defaults() {
        ResourceOptions usual = KernelOptions.fromJson(json()).resources();
        assertEquals(50, usual.maxCpuPerPlugin());
        assertEquals(Duration.ofSeconds(1), usual.monitorInterval());
        assertEquals(20, use(puppet("puppet").id()).cpuLimit());
    }

    @Test
    @DisplayName("CPU Monitor: updateCPUUsage: measureCPUUsage(plugin) for each loaded plugin")
    void eachIsMeasured() {
        PluginUnderTest works = puppet("works");
        puppet("rests");
        Duration before = use("works").cpu();
        // Of the time that it burns it may get little from a busy machine.
        Awaitility.await().until(() -> {
            works.reply("burn", json().put("millis", 100));
            return use("works").cpu().minus(before).toMillis() >= 50;
        });
        assertTrue(use("rests").cpu().toMillis() < use("works").cpu().toMillis());
    }

    @Test
    @DisplayName("CPU Monitor: checkLimits: if (usage > this.maxCPUPerPlugin) this.throttlePlugin(pluginId)")
    void whoUsesMoreIsThrottled() {
        PluginUnderTest puppet = puppet("puppet");
        List<JsonObject> told = new CopyOnWriteArrayList<>();
        kernel.kernel().events().subscribe("plugin.puppet.throttled", event -> told.add((JsonObject) event.body()));
        Awaitility.await().until(() -> {
            puppet.reply("burn", json().put("millis", 100));
            return puppet.state().orElseThrow() == PluginState.THROTTLED && !told.isEmpty();
        });
        assertTrue(use("puppet").held().toMillis() > 0);
        Awaitility.await().until(() -> puppet.state().orElseThrow() == PluginState.RUNNING);
    }
}
