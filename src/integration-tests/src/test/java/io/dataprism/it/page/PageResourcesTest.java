package io.dataprism.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.FailureKind;
import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.ResourceOptions;
import io.dataprism.testkit.PluginUnderTest;
import io.dataprism.testkit.TestKernel;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A kernel on which a plugin may hold 4,096 bytes, and all together 6,144. */
class PageResourcesTest extends PageTest {
    private static final KernelOptions SMALL = KernelOptions.fromJson(json().put("node", "small")
            .put("resources", json().put("maxMemoryPerPlugin", 4_096).put("totalMemoryLimit", 6_144)));

    @Override
    TestKernel start(Vertx vertx) {
        return TestKernel.on(vertx, SMALL);
    }

    private static JsonObject bytes(long count) {
        return json().put("bytes", count);
    }

    private static void allocate(PluginUnderTest puppet, long count) {
        assertEquals(count, (Long) puppet.reply("allocate", bytes(count)));
    }

    private static void assertRefused(String message, PluginUnderTest puppet, long count) {
        String found =
                puppet.callFailure(FailureKind.FAILED, "allocate", bytes(count)).getMessage();
        assertTrue(found.contains(message), found);
    }

    private static long used(PluginUnderTest puppet) {
        return (Long) puppet.reply("used", json());
    }

    @Test
    @DisplayName("Plugin Manager: constructor(options): options.resources are the limits that its plugins run into")
    void constructorTakesOptions() {
        assertEquals("small", kernel.kernel().node());
        PluginUnderTest one = puppet("one");
        PluginUnderTest two = puppet("two");
        allocate(one, 4_096);
        assertRefused("Plugin one exceeds memory limit", one, 1);
        allocate(two, 2_048);
        assertRefused("Total memory limit exceeded", two, 1);
    }

    @Test
    @DisplayName("Memory Manager: options.maxMemoryPerPlugin || 128MB, options.totalMemoryLimit || 1GB")
    void defaults() {
        ResourceOptions usual = KernelOptions.fromJson(json()).resources();
        assertEquals(128L * 1024 * 1024, usual.maxMemoryPerPlugin());
        assertEquals(1024L * 1024 * 1024, usual.totalMemoryLimit());
        assertEquals(usual, KernelOptions.DEFAULT.resources());
    }

    @Test
    @DisplayName("Memory Manager: allocate(pluginId, size) returns size; Plugin ${pluginId} exceeds memory limit")
    void memoryLimit() {
        PluginUnderTest puppet = puppet("puppet");
        allocate(puppet, 1_024);
        assertRefused("Plugin puppet exceeds memory limit", puppet, 3_073);
        assertEquals(1_024, used(puppet), "what was refused is not charged");
        allocate(puppet, 3_072);
    }

    @Test
    @DisplayName("Memory Manager: deallocate(pluginId, size): Math.max(0, current - size): never below zero")
    void deallocates() {
        PluginUnderTest puppet = puppet("puppet");
        allocate(puppet, 4_096);
        assertEquals(4_000L, (Long) puppet.reply("deallocate", bytes(96)));
        assertEquals(0L, (Long) puppet.reply("deallocate", bytes(9_999)));
        allocate(puppet, 4_096);
        assertRefused("Plugin puppet exceeds memory limit", puppet, 1);
    }

    @Test
    @DisplayName("Memory Manager: getTotalMemoryUsage() is the sum of all plugins; Total memory limit exceeded")
    void totalIsTheSumOfAll() {
        PluginUnderTest one = puppet("one");
        PluginUnderTest two = puppet("two");
        PluginUnderTest three = puppet("three");
        allocate(one, 3_000);
        assertEquals(3_000, kernel.kernel().totalMemoryUsage());
        allocate(two, 3_000);
        assertEquals(6_000, kernel.kernel().totalMemoryUsage());
        assertRefused("Total memory limit exceeded", three, 145);
        allocate(three, 144);
        assertEquals(6_144, kernel.kernel().totalMemoryUsage());
        one.reply("deallocate", bytes(100));
        assertEquals(6_044, kernel.kernel().totalMemoryUsage());
        assertRefused("Total memory limit exceeded", three, 101);
        allocate(three, 100);
        two.unload();
        assertEquals(3_144, kernel.kernel().totalMemoryUsage(), "what an unloaded plugin held is given back");
    }

    @Test
    @DisplayName("Memory Management: Monitor and limit memory usage: the account can be read, and ends with the plugin")
    void theAccountEndsWithItsPlugin() {
        PluginUnderTest one = puppet("one");
        PluginUnderTest two = puppet("two");
        allocate(one, 4_096);
        assertEquals(4_096, used(one));
        allocate(two, 2_048);
        one.unload();
        allocate(two, 2_048);
        one.load();
        assertEquals(0, used(one));
        allocate(one, 2_048);
        assertRefused("Total memory limit exceeded", one, 1);
        one.reload();
        allocate(one, 2_048);
        assertRefused("Total memory limit exceeded", one, 1);
    }
}
