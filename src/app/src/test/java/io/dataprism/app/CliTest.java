package io.dataprism.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class CliTest {

    @Test
    void withoutACommandShowsTheOverviewAndSaysThatTheUsageIsWrong() {
        CliRun run = CliRun.of();
        assertEquals(ExitCode.USAGE, run.exitCode());
        assertTrue(run.err().startsWith("Usage: dataprism"), run.err());
        assertEquals("", run.out());
    }

    @Test
    void versionAsJsonNamesWhatRuns() {
        CliRun run = CliRun.of("version", "--json");
        JsonObject versions = new JsonObject(run.out());
        assertEquals(System.getProperty("java.version"), versions.getString("java"));
        assertEquals("5.0.10", versions.getString("vertx"));
    }

    @Test
    void doctorFindsThisMachineFit() {
        CliRun run = CliRun.of("doctor", "--json");
        assertEquals(ExitCode.OK, run.exitCode(), run.out());
        assertTrue(new JsonArray(run.out()).size() >= 5);
    }

    @Test
    void anUnknownCommandIsAnsweredWithTheOverview() {
        CliRun run = CliRun.of("plugin");
        assertEquals(ExitCode.USAGE, run.exitCode());
        assertTrue(run.err().contains("Unmatched argument at index 0: 'plugin'"), run.err());
    }

    @ParameterizedTest
    @MethodSource("allCommands")
    void eachCommandHasHelpWithADescription(String path) {
        String[] words = (path + " --help").strip().split(" ");
        CliRun run = CliRun.of(words);
        assertEquals(ExitCode.OK, run.exitCode(), run.err());
        assertTrue(run.out().startsWith("Usage: dataprism"), run.out());
        assertTrue(run.out().lines().count() >= 3, "no description: " + run.out());
    }

    static Stream<String> allCommands() {
        return commands(Cli.commandLine(CliRun.screen()), "");
    }

    private static Stream<String> commands(CommandLine line, String path) {
        return Stream.concat(
                Stream.of(path),
                line.getSubcommands().entrySet().stream()
                        .flatMap(entry -> commands(entry.getValue(), (path + " " + entry.getKey()).strip())));
    }
}
