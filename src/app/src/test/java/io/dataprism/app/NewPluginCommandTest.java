package io.dataprism.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewPluginCommandTest {
    @TempDir
    private Path folder;

    private CliRun newPlugin(String id, String... more) {
        String[] words = {
            "plugins", "new", id, "--folder", folder.resolve("project").toString()
        };
        String[] all = java.util.stream.Stream.concat(java.util.Arrays.stream(words), java.util.Arrays.stream(more))
                .toArray(String[]::new);
        return CliRun.of(all);
    }

    @Test
    void writesAProjectAndSaysWhatIsNext() {
        CliRun run = newPlugin("weather-import", "--category", "integration", "--package", "com.acme.weather");
        assertEquals(ExitCode.OK, run.exitCode(), run.err());
        assertEquals(folder.resolve("project").toString(), run.out().strip());
        assertTrue(run.err().contains("mvn verify"), run.err());
        assertTrue(Files.exists(folder.resolve("project/src/main/java/com/acme/weather/WeatherImportPlugin.java")));
    }

    @Test
    void tellsAScriptWhereItIs() {
        CliRun run = newPlugin("weather-import", "--json");
        assertEquals(ExitCode.OK, run.exitCode(), run.err());
        assertEquals(
                new JsonObject()
                        .put("id", "weather-import")
                        .put("folder", folder.resolve("project").toString()),
                new JsonObject(run.out()));
    }

    @Test
    void asksForAnIdThatCanBeOne() {
        CliRun run = newPlugin("Weather Import");
        assertEquals(ExitCode.USAGE, run.exitCode());
        assertTrue(run.err().contains("DP-0101"), run.err());
        assertTrue(Files.notExists(folder.resolve("project")));
    }

    @Test
    void knowsFourCategories() {
        CliRun run = newPlugin("weather", "--category", "chart");
        assertEquals(ExitCode.USAGE, run.exitCode());
        assertTrue(
                run.err()
                        .startsWith(
                                "Invalid value for option '--category': expected one of visualization, processing, integration,"
                                        + " utility, but was 'chart'"),
                run.err());
    }
}
