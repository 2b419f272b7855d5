package io.dataprism.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.FailureKind;
import io.dataprism.api.PermissionDeniedException;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.ResourceOptions;
import io.dataprism.kernel.lifecycle.LoadOptions;
import io.dataprism.kernel.lifecycle.PluginInfo;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.testkit.Await;
import io.dataprism.testkit.PluginJar;
import io.dataprism.testkit.PluginUnderTest;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PageManagerTest extends PageTest {
    @Test
    @DisplayName(
            "Plugin Manager: loadPlugin(pluginId, options) resolves, validates, creates the instance, and answers with it")
    void loadPlugin() {
        Path jar = Puppet.jar("puppet")
                .manifest("configSchema: {type: object, properties: {greeting: {type: string}}}")
                .writeTo(kernel.folder());
        Await.result("install", kernel.kernel().install(ArtifactSource.path(jar)));
        JsonObject config = json().put("greeting", "hi");
        PluginInfo loaded = Await.result("load", kernel.kernel().load("puppet", LoadOptions.withConfig(config)));
        assertEquals("puppet", loaded.id().value());
        assertEquals(PluginState.RUNNING, loaded.state());
        assertEquals(config, Await.result("config", kernel.kernel().call("puppet", "config", json())));
    }

    @Test
    @DisplayName("Plugin Manager: constructor(options): options.resources set what plugins may use")
    void constructorTakesOptions() {
        JsonObject resources = json().put("maxMemoryPerPlugin", 4_096).put("totalMemoryLimit", 8_192);
        KernelOptions options = KernelOptions.fromJson(json().put("node", "n1").put("resources", resources));
        assertEquals("n1", options.node());
        assertEquals(4_096, options.resources().maxMemoryPerPlugin());
        assertEquals(8_192, options.resources().totalMemoryLimit());
        assertEquals(ResourceOptions.DEFAULT, KernelOptions.fromJson(json()).resources());
    }

    @Test
    @DisplayName("Plugin Manager: loadedPlugins: the manager knows what is loaded")
    void loadedPlugins() {
        puppet("one");
        puppet("two").stop();
        Map<String, PluginState> states = kernel.kernel().plugins().stream()
                .collect(Collectors.toMap(info -> info.id().value(), PluginInfo::state));
        assertEquals(Map.of("one", PluginState.RUNNING, "two", PluginState.STOPPED), states);
    }

    @Test
    @DisplayName("Plugin Manager: security.validate(plugin): what was not granted is denied, by default everything")
    void securityIsAsked() {
        PluginUnderTest puppet = kernel.install(Puppet.jar("puppet", "event-publish:news.**"))
                .granted()
                .load();
        PluginException denial = puppet.callFailure(FailureKind.DENIED, "publish", json().put("topic", "news.today"));
        assertTrue(denial.getMessage().contains("event-publish:news.today"), denial.getMessage());
    }

    @Test
    @DisplayName("Plugin Registry: Plugin not found: ${pluginId}")
    void pluginNotFound() {
        puppet("puppet");
        Throwable failure = Await.failure("load", kernel.kernel().load("pupet"));
        assertEquals("DP-0201", assertInstanceOf(PluginException.class, failure).code());
        assertTrue(failure.getMessage().startsWith("Plugin not found: pupet"), failure.getMessage());
        assertTrue(failure.getMessage().contains("puppet"), "near names are suggested: " + failure.getMessage());
    }

    @Test
    @DisplayName(
            "Plugin Registry: register(plugin) validates it and keeps it with its dependencies; an invalid one is refused")
    void registerValidates() {
        Path bad = PluginJar.of("Not An Id").main("x.Y").writeTo(kernel.folder());
        PluginException refusal = assertInstanceOf(
                PluginException.class, Await.failure("install", kernel.kernel().install(ArtifactSource.path(bad))));
        assertTrue(refusal.getMessage().contains("plugin.yaml"), refusal.getMessage());
        assertTrue(kernel.kernel().plugins().isEmpty());
    }

    @Test
    @DisplayName("Plugin Registry: resolve(pluginId) resolves dependencies; they run first")
    void resolvesDependencies() {
        kernel.install(Puppet.jar("base"));
        PluginUnderTest top =
                kernel.load(Puppet.jar("top").manifest("dependencies: [{plugin: base, version: ^1.0.0}]"));
        assertEquals(
                Set.of("base"),
                top.info().orElseThrow().dependencies().stream()
                        .map(Object::toString)
                        .collect(Collectors.toSet()));
        assertEquals(
                PluginState.RUNNING,
                kernel.kernel().plugin("base").orElseThrow().state());
    }

    @Test
    @DisplayName("Permission System: the page's six permissions are false by default; grant and check")
    void permissionsAreFalseByDefault() {
        String[] six = {
            "network-access", "dom-access", "storage-access", "file-access", "camera-access", "microphone-access"
        };
        PluginUnderTest puppet = kernel.install(Puppet.jar("puppet", six))
                .granted("storage-access")
                .load();
        for (String permission : six) {
            Boolean may = puppet.reply("check", json().put("permission", permission));
            assertEquals(permission.equals("storage-access"), may, permission);
        }
    }

    @Test
    @DisplayName("Permission System: request(pluginId, permission): nobody to ask means no")
    void requestWithoutSomebodyToAsk() {
        PluginUnderTest puppet =
                kernel.install(Puppet.jar("puppet", "camera-access")).granted().load();
        Boolean answer = puppet.reply("request", json().put("permission", "camera-access"));
        assertEquals(false, answer);
        assertEquals("DP-0501", PermissionDeniedException.CODE);
    }

    @Test
    @DisplayName("Memory Manager: allocate(pluginId, size): Plugin ${pluginId} exceeds memory limit; 128 MB a plugin")
    void memoryLimit() {
        PluginUnderTest puppet = puppet("puppet");
        long limit = 128L * 1024 * 1024;
        assertEquals(1024L, (Long) puppet.reply("allocate", json().put("bytes", 1024)));
        PluginException refusal = puppet.callFailure(FailureKind.FAILED, "allocate", json().put("bytes", limit));
        assertTrue(refusal.getMessage().contains("Plugin puppet exceeds memory limit"), refusal.getMessage());
        assertEquals(0L, (Long) puppet.reply("deallocate", json().put("bytes", limit)), "never below zero");
        assertEquals(limit, (Long) puppet.reply("allocate", json().put("bytes", limit)));
    }
}
