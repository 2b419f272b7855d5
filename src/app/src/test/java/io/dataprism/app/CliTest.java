package io.dataprism.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.InputStream;
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

    private static Path plugin(Path folder, String main) throws Exception {
        Files.createDirectories(folder.resolve("org/example"));
        try (InputStream any = CliTest.class.getResourceAsStream("CliRun.class")) {
            Files.write(folder.resolve("org/example/Main.class"), any.readAllBytes());
        }
        Files.writeString(folder.resolve("plugin.yaml"), """
                id: greeter
                version: 1.0.0
                main: %s
                api: "*"
                category: utility
                capabilities: [greet]
                """.formatted(main));
        return folder;
    }

    @Test
    void pluginsCheckTellsWhatAPluginIsOrWhatIsWrongWhere(@TempDir Path folder) throws Exception {
        CliRun good = CliRun.of(
                "plugins",
                "check",
                plugin(folder.resolve("good"), "org.example.Main").toString());
        assertEquals(ExitCode.OK, good.exitCode(), good.err());
        assertTrue(good.out().contains("greeter 1.0.0 (utility)"), good.out());
        Path bad = plugin(folder.resolve("bad"), "org.example.Mian");
        String problem =
                "'main' is 'org.example.Mian', but org/example/Mian.class is not in it. Did you mean 'org.example.Main'?";
        CliRun wrong = CliRun.of("plugins", "check", bad.toString());
        assertEquals(ExitCode.BAD_INPUT, wrong.exitCode());
        assertTrue(
                (wrong.out() + wrong.err()).contains(bad.resolve("plugin.yaml") + ":3:7: DP-0227 " + problem),
                wrong.out() + wrong.err());
        CliRun json = CliRun.of("plugins", "check", "--json", bad.toString());
        assertEquals(ExitCode.BAD_INPUT, json.exitCode());
        JsonObject told = new JsonObject(json.out()).getJsonArray("problems").getJsonObject(0);
        assertEquals(problem, told.getString("message"));
        assertEquals(3, told.getInteger("line"));
    }

    @Test
    void aFailureIsJsonForWhoAskedForJson(@TempDir Path folder) {
        String nowhere = folder.resolve("nothing.jar").toString();
        CliRun run = CliRun.of("plugins", "check", "--json", nowhere);
        assertEquals(ExitCode.BAD_INPUT, run.exitCode());
        JsonObject error = new JsonObject(run.out()).getJsonObject("error");
        assertEquals("DP-0903", error.getString("code"));
        assertEquals(ExitCode.BAD_INPUT, error.getInteger("exitCode"));
        assertTrue(run.err().contains("error DP-0903: " + error.getString("message")), run.err());
        assertEquals("", CliRun.of("plugins", "check", nowhere).out());
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
    void aMisspeltLevelOfTheLogIsTold() {
        CliRun run = CliRun.of("run", "--log", "inf");
        assertEquals(ExitCode.USAGE, run.exitCode());
        assertTrue(run.err().contains("'--log'") && run.err().contains("[ERROR, WARN, INFO, DEBUG]"), run.err());
    }

    @Test
    void anUnknownCommandIsNamedWithTheNearOneAndNothingBehindItIsRun() {
        CliRun run = CliRun.of("pipelin", "run", "x.yaml");
        assertEquals(ExitCode.USAGE, run.exitCode());
        assertTrue(
                run.err()
                        .startsWith(
                                "Unknown command 'pipelin' of dataprism. Did you mean 'pipeline'? There are demo, run, query,"),
                run.err());
        assertTrue(run.err().endsWith("; see dataprism --help.\n"), run.err());
    }

    @Test
    void anUnknownCommandOfAGroupIsNamedToo() {
        CliRun run = CliRun.of("plugins", "lst", "--json");
        assertEquals(ExitCode.USAGE, run.exitCode());
        assertTrue(run.err().startsWith("Unknown command 'lst' of dataprism plugins. Did you mean 'list'?"), run.err());
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
