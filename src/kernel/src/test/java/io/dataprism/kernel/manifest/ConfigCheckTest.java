package io.dataprism.kernel.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigCheckTest {
    private static final PluginManifest MANIFEST = ManifestReader.read(
                    "plugin.yaml", """
                    id: weather
                    version: 1.0.0
                    main: org.example.Weather
                    api: '*'
                    category: utility
                    configSchema:
                      type: object
                      additionalProperties: false
                      required: [station]
                      properties:
                        station: {type: string, minLength: 3}
                        unit: {enum: [celsius, fahrenheit], default: celsius}
                        every: {type: integer, minimum: 1, default: 60}
                        token: {type: string, writeOnly: true, pattern: '^[a-f0-9]+$'}
                        cache: {type: object, default: {}, properties: {size: {type: integer, default: 10}}}
                    """.getBytes(StandardCharsets.UTF_8))
            .orThrow();

    private static List<String> said(JsonObject config) {
        return ConfigCheck.check(MANIFEST, config, "weather.config").problems().stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void fillsInDefaultsAndLeavesTheGivenAlone() {
        JsonObject given = new JsonObject().put("station", "oslo").put("every", 5);
        ConfigCheck.Checked checked = ConfigCheck.check(MANIFEST, given, "weather.config");
        assertEquals(List.of(), checked.problems());
        assertEquals(
                new JsonObject()
                        .put("station", "oslo")
                        .put("every", 5)
                        .put("unit", "celsius")
                        .put("cache", new JsonObject().put("size", 10)),
                checked.config());
        assertEquals(2, given.size());
    }

    @Test
    void saysEverythingThatIsWrong() {
        assertEquals(
                List.of(
                        "weather.config: DP-0223 Plugin 'weather' can't take its configuration: 'station' is 'x': expected at least"
                                + " 3 characters.",
                        "weather.config: DP-0223 Plugin 'weather' can't take its configuration: 'unit' is 'celcius': expected"
                                + " celsius or fahrenheit. Did you mean 'celsius'?",
                        "weather.config: DP-0223 Plugin 'weather' can't take its configuration: 'every' is the number 0: expected at"
                                + " least 1.",
                        "weather.config: DP-0223 Plugin 'weather' can't take its configuration: Unknown key 'evry'. Did you mean"
                                + " 'every'?"),
                said(new JsonObject()
                        .put("station", "x")
                        .put("unit", "celcius")
                        .put("every", 0)
                        .put("evry", 1)));
    }

    @Test
    void saysWhatIsMissing() {
        assertEquals(
                List.of(
                        "weather.config: DP-0223 Plugin 'weather' can't take its configuration: Key 'station' is missing. Add it."),
                said(new JsonObject()));
    }

    @Test
    void neverShowsASecret() {
        assertEquals(
                List.of(
                        "weather.config: DP-0223 Plugin 'weather' can't take its configuration: 'token' is a hidden value: expected text"
                                + " that matches ^[a-f0-9]+$."),
                said(new JsonObject().put("station", "oslo").put("token", "my secret")));
    }
}
