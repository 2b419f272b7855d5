package io.dataprism.kernel.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Category;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.manifest.Dependency.OnCapability;
import io.dataprism.kernel.manifest.Dependency.OnPlugin;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ManifestReaderTest {
    private static final String FULL = """
            manifest: 1
            id: weather
            version: 1.2.0-rc.1+build.5
            main: org.example.Weather
            api: ^0.1
            category: integration
            description: Fetches forecasts
            license: Apache-2.0
            homepage: https://example.org/weather
            capabilities: [forecast]
            idempotent: [forecast, fetch]
            dependencies:
              - plugin: users
                version: ^2.0
              - capability: table-create
                optional: true
            exports: [org.example.model]
            nativeLibraries: [org.example.quick-*.jar]
            permissions:
              - permission: network-access:https://api.example.com:443
                reason: Fetches forecasts
            limits:
              memory: 128MiB
              cpu: 50
              mailbox: {messages: 5, bytes: 1KiB}
              steps: {start: 1m, stop: 500ms}
            isolation: worker
            activation: {onCapability: [forecast, fetch], onEvent: [weather.*], idleStop: 5m}
            configSchema: {type: object, properties: {unit: {enum: [c, f], default: c}}}
            contracts:
              capabilities: {forecast: {request: {type: object}}}
              events: {weather.update: {type: object}}
            """;

    private static Manifested read(String yaml) {
        return ManifestReader.read("plugin.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatGetsTheReaderReadyIsAManifestInOrder() {
        assertEquals(
                List.of(),
                assertInstanceOf(Manifested.Accepted.class, read(ManifestReader.SMALLEST))
                        .problems());
    }

    private static PluginManifest accepted(String yaml) {
        Manifested manifested = read(yaml);
        assertEquals(
                List.of(),
                manifested.problems().stream().filter(Problem::isError).toList());
        return assertInstanceOf(Manifested.Accepted.class, manifested).manifest();
    }

    @Test
    void readsEveryKey() {
        PluginManifest manifest = accepted(FULL);
        assertEquals(new PluginId("weather"), manifest.id());
        assertEquals("1.2.0-rc.1+build.5", manifest.version().toString());
        assertEquals("org.example.Weather", manifest.main());
        assertEquals(VersionRange.of("^0.1"), manifest.api());
        assertEquals(Category.INTEGRATION, manifest.category());
        assertEquals("Fetches forecasts", manifest.description());
        assertEquals(Set.of("forecast", "connect", "fetch", "sync", "disconnect", "health"), manifest.capabilities());
        assertEquals(Set.of("forecast", "fetch"), manifest.idempotent());
        assertEquals(
                List.of(
                        new Dependency(new OnPlugin(new PluginId("users")), VersionRange.of("^2.0"), false),
                        new Dependency(new OnCapability("table-create"), VersionRange.ANY, true)),
                manifest.dependencies());
        assertEquals(List.of("org.example.model"), manifest.exports());
        assertEquals(List.of("org.example.quick-*.jar"), manifest.nativeLibraries());
        assertEquals(
                List.of(new RequestedPermission("network-access:https://api.example.com:443", "Fetches forecasts")),
                manifest.permissions());
        assertEquals(OptionalLong.of(128 << 20), manifest.limits().memory());
        assertEquals(OptionalInt.of(50), manifest.limits().cpu());
        assertEquals(OptionalInt.of(5), manifest.limits().mailboxMessages());
        assertEquals(OptionalLong.of(1024), manifest.limits().mailboxBytes());
        assertEquals(
                new Limits.Steps(
                        Optional.empty(),
                        Optional.of(Duration.ofMinutes(1)),
                        Optional.of(Duration.ofMillis(500)),
                        Optional.empty()),
                manifest.limits().steps());
        assertEquals(Isolation.WORKER, manifest.isolation());
        assertEquals(
                new Activation(
                        false, Set.of("forecast", "fetch"), Set.of("weather.*"), Optional.of(Duration.ofMinutes(5))),
                manifest.activation());
        assertEquals("object", manifest.configSchema().orElseThrow().getString("type"));
        assertTrue(manifest.contracts().capabilities().get("forecast").request().isPresent());
        assertTrue(manifest.contracts().events().containsKey("weather.update"));
    }

    @Test
    void needsOnlyFiveKeys() {
        PluginManifest manifest = accepted("id: a\nversion: 1.0.0\nmain: a.B\napi: '*'\ncategory: utility\n");
        assertEquals(Activation.WITH_KERNEL, manifest.activation());
        assertEquals(Limits.NONE, manifest.limits());
        assertEquals(Isolation.WORKER, manifest.isolation());
        assertEquals(Contracts.NONE, manifest.contracts());
        assertEquals(Optional.empty(), manifest.configSchema());
        assertEquals(Set.of(), manifest.capabilities());
    }

    @Test
    void readsJsonToo() {
        assertEquals(
                "a",
                accepted("{\"id\":\"a\",\"version\":\"1.0.0\",\"main\":\"B\",\"api\":\"*\",\"category\":\"utility\"}")
                        .id()
                        .value());
    }

    @Test
    void reportsAllProblemsAtOnceInTheOrderOfTheFile() {
        String yaml = """
                id: Weather
                id: twice
                version: 1.10
                main: org.example.Weather
                api: ^2
                category: procesing
                capabilites: [x]
                isolation: wasm
                permissions:
                  - permission: netwrk-access
                """;
        assertEquals(
                List.of(
                        "plugin.yaml:1:5: DP-0215",
                        "plugin.yaml:2:1: DP-0211",
                        "plugin.yaml:3:10: DP-0216",
                        "plugin.yaml:5:6: DP-0217",
                        "plugin.yaml:6:11: DP-0218",
                        "plugin.yaml:7:1: DP-0212",
                        "plugin.yaml:8:12: DP-0221",
                        "plugin.yaml:10:5: DP-0213",
                        "plugin.yaml:10:17: DP-0219"),
                read(yaml).problems().stream()
                        .map(problem -> problem.toString()
                                .substring(0, problem.toString().indexOf(" ") + 8))
                        .toList());
    }

    @Test
    void aCapabilityThatIsNearlyTheCategorysIsAWarning() {
        Manifested manifested =
                read("id: a\nversion: 1.0.0\nmain: a.B\napi: '*'\ncategory: visualization\ncapabilities: [rendr]\n");
        assertInstanceOf(Manifested.Accepted.class, manifested);
        assertEquals(
                "plugin.yaml:6:16: warning: DP-0220 Capability 'rendr' is taken for one of the plugin's own. Did you mean"
                        + " 'render', which the category has already?",
                manifested.problems().get(0).toString());
    }
}
