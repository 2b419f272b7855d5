package io.dataprism.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
    void completionIsAScriptThatAShellTakesAndThatKnowsEachCommand(@TempDir Path folder) throws Exception {
        CliRun run = CliRun.of("completion");
        assertEquals(ExitCode.OK, run.exitCode());
        Path script = Files.writeString(folder.resolve("completion.sh"), run.out());
        for (String asked :
                List.of("dataprism dem:demo", "dataprism plugins inst:install", "dataprism run --clu:--cluster")) {
            String line = asked.substring(0, asked.indexOf(':'));
            Process shell = new ProcessBuilder(
                            "bash",
                            "-c",
                            "compopt() { :; }; source " + script + "; COMP_LINE='" + line + "'; COMP_WORDS=(" + line
                                    + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _complete_dataprism; echo \"${COMPREPLY[@]}\"")
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(asked.substring(asked.indexOf(':') + 1), answer.strip());
        }
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
