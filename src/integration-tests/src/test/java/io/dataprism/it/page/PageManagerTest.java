package io.dataprism.it.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Event;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.lifecycle.LoadOptions;
import io.dataprism.kernel.lifecycle.PluginInfo;
import io.dataprism.kernel.manifest.PluginManifest;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.testkit.Await;
import io.dataprism.testkit.EventProbe;
import io.dataprism.testkit.PluginJar;
import io.dataprism.testkit.PluginUnderTest;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PageManagerTest extends PageTest {
    @Test
    @DisplayName(
            "Plugin Manager: loadPlugin(pluginId, options) resolves, validates, creates the instance (super(config), of any BasePlugin: extensible), and answers with it")
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
    @DisplayName("Plugin Manager: loadedPlugins: the manager knows what is loaded")
    void loadedPlugins() {
        puppet("one");
        puppet("two").stop();
        Map<String, PluginState> states = kernel.kernel().plugins().stream()
                .collect(Collectors.toMap(info -> info.id().value(), PluginInfo::state));
        assertEquals(Map.of("one", PluginState.RUNNING, "two", PluginState.STOPPED), states);
    }

    @Test
    @DisplayName(
            "Plugin Manager: secure: security.validate(plugin): what was not granted is denied, by default everything")
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
            "Plugin Registry: register(plugin) keeps it with its dependencies, or with none: [], and loads nothing of it")
    void registerKeepsItWithItsDependencies() {
        kernel.install(Puppet.jar("base"));
        kernel.install(Puppet.jar("top").manifest("dependencies: [{plugin: base, version: ^1.0.0}]"));
        assertEquals(
                "[Dependency[target=plugin 'base', range=^1.0.0, optional=false]]",
                registered("top").dependencies().toString());
        assertEquals(List.of(), registered("base").dependencies());
    }

    @Test
    @DisplayName(
            "Plugin Registry: register(plugin) keeps the plugin, and no class of it is loaded before it is loaded itself")
    void registerLoadsNoClass() {
        PluginUnderTest kept = kernel.install(
                PluginJar.of("kept").main("kept.Main").entry("kept/Main.class", "no class at all".getBytes(UTF_8)));
        assertEquals(
                PluginState.INSTALLED,
                kernel.kernel().plugin("kept").orElseThrow().state());
        assertEquals("DP-0810", kept.loadFailure().code(), "whoever loads a class of it would have failed");
    }

    private PluginManifest registered(String id) {
        PluginInfo kept = kernel.kernel().plugin(id).orElseThrow();
        assertEquals(PluginState.INSTALLED, kept.state());
        return kept.manifest();
    }

    @Test
    @DisplayName("Plugin Registry: register(plugin): validatePlugin(plugin): an invalid one is refused, and not kept")
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
        EventProbe states = kernel.events("plugin.*.*");
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
        states.await("top running", event -> event.topic().equals("plugin.top.running"));
        List<String> order = states.seen().stream().map(Event::topic).toList();
        assertTrue(
                order.indexOf("plugin.base.running") < order.indexOf("plugin.top.initialized"),
                "base runs before top is initialized: " + order);
        assertTrue(order.contains("plugin.base.running"), order.toString());
    }
}
