package io.dataprism.kernel.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.manifest.TestJar;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A newer version keeps what its number says that it keeps. */
class ContractedVersionsTest {
    private static final String PROMISE = """
            contracts:
              capabilities:
                forecast:
                  request: {type: object, properties: {days: {type: integer}}}
                  response: {type: object, properties: {warm: {type: boolean}, rain: {type: number}}}
              events:
                weather.update: {type: object, required: [station]}
            """;
    private static final String LESS = """
            contracts:
              capabilities:
                forecast:
                  request: {type: object, required: [days], properties: {days: {type: integer}}}
                  response: {type: object, properties: {warm: {type: string}}}
              events:
                weather.update: {type: object}
            """;

    @TempDir
    Path folder;

    private PluginRecord install(PluginRegistry registry, String version, String capabilities, String contracts)
            throws IOException {
        String manifest = """
                id: weather
                version: %s
                main: org.example.Main
                api: "*"
                category: utility
                capabilities: [%s]
                """.formatted(version, capabilities) + contracts;
        Path jar = TestJar.plugin("weather", version).manifest(manifest).write(folder.resolve(version + ".jar"));
        return registry.install(ArtifactSource.path(jar));
    }

    private PluginRegistry open(boolean devMode) {
        return PluginRegistry.open(RegistryOptions.in(folder.resolve("data")).withDevMode(devMode));
    }

    @Test
    void aCompatibleNumberWithABrokenContractIsRefusedAndEveryChangeNamed() throws IOException {
        PluginRegistry registry = open(false);
        install(registry, "1.0.0", "forecast, history", PROMISE);
        PluginException refused =
                assertThrows(PluginException.class, () -> install(registry, "1.1.0", "forecast", LESS));
        assertEquals(
                "DP-0248 Plugin 'weather' 1.1.0 can't be installed beside 1.0.0: its version says that it keeps the contract, but"
                        + " capability 'history' is gone; field 'days' of the request of 'forecast' is required now;"
                        + " field 'rain' of the response of 'forecast' is gone;"
                        + " field 'warm' of the response of 'forecast' was boolean and is string now;"
                        + " field 'station' of event 'weather.update' may be missing now."
                        + " Give it the next major version, or keep the contract. dataprism plugins why weather shows who depends on it.",
                refused.code() + " " + sorted(refused.getMessage()));
        assertEquals(1, registry.all().size());
    }

    /** Fields stand in no certain order. */
    private static String sorted(String message) {
        return message.replace(
                "field 'warm' of the response of 'forecast' was boolean and is string now;"
                        + " field 'rain' of the response of 'forecast' is gone;",
                "field 'rain' of the response of 'forecast' is gone;"
                        + " field 'warm' of the response of 'forecast' was boolean and is string now;");
    }

    @Test
    void theNextMajorVersionMayBreakIt() throws IOException {
        PluginRegistry registry = open(false);
        install(registry, "1.0.0", "forecast", PROMISE);
        assertEquals(
                "2.0.0", install(registry, "2.0.0", "forecast", LESS).version().toString());
    }

    @Test
    void soMayAnyVersionWhileOneDevelops() throws IOException {
        PluginRegistry registry = open(true);
        install(registry, "1.0.0", "forecast", PROMISE);
        assertEquals(
                "1.0.1", install(registry, "1.0.1", "forecast", LESS).version().toString());
    }

    @Test
    void whatOnlyAddsIsTaken() throws IOException {
        PluginRegistry registry = open(false);
        install(registry, "1.0.0", "forecast", PROMISE);
        String more = PROMISE.replace("rain: {type: number}", "rain: {type: number}, snow: {type: number}");
        assertEquals(
                "1.1.0",
                install(registry, "1.1.0", "forecast, history", more).version().toString());
    }
}
