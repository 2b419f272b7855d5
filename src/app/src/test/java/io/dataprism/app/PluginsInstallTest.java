package io.dataprism.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.kernel.manifest.Sha256;
import io.dataprism.testjars.CompiledJar;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code plugins install} shows, asks and keeps. */
class PluginsInstallTest {
    private static final String SOURCE = """
            package org.example;
            public class Main {
                void run(String name) throws Exception {
                    java.nio.file.Files.readString(java.nio.file.Path.of("data/in.csv"));
                    new java.net.Socket("evil.example.com", 80).close();
                }
            }
            """;

    @TempDir
    private Path folder;

    private CompiledJar greeter() {
        return new CompiledJar().source(SOURCE).file("plugin.yaml", """
                id: greeter
                version: 1.0.0
                main: org.example.Main
                api: "*"
                category: utility
                description: Greets
                permissions:
                  - {permission: "file-access:read:data/**", reason: Reads the data}
                  - {permission: "event-publish:greeting.*", reason: Greets}
                """);
    }

    private Path jar() {
        return greeter().build(folder.resolve("greeter.jar"));
    }

    private CliRun install(Path jar, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "plugins",
                "install",
                jar.toString(),
                "--data",
                folder.resolve("data").toString()));
        words.addAll(List.of(more));
        return CliRun.of(words.toArray(new String[0]));
    }

    private boolean isInstalled() {
        return CliRun.of("plugins", "list", "--data", folder.resolve("data").toString())
                .out()
                .contains("greeter");
    }

    private String conf(String admission) throws IOException {
        Path conf = Files.createDirectories(folder.resolve("conf"));
        Files.writeString(conf.resolve("kernel.yaml"), "version: 1\nadmission: " + admission + "\n");
        return conf.toString();
    }

    @Test
    void showsWhatItAsksForBesideWhatItsCodeTakes() throws IOException {
        Path jar = jar();
        CliRun run = install(jar);
        assertEquals(ExitCode.OK, run.exitCode(), run.err());
        assertEquals(
                List.of(
                        "greeter 1.0.0 (utility)  Greets",
                        "    from     " + jar,
                        "    sha256   " + Sha256.of(jar),
                        "    signed   by nobody",
                        "    asks     file-access:read:data/**  Reads the data",
                        "             lets it read, or create, change and delete, files outside its own work folder (danger: high)",
                        "             taken in org.example.Main.run:4 by java.nio.file.Files.readString read:data/in.csv",
                        "    asks     event-publish:greeting.*  Greets",
                        "             lets it tell whoever subscribes that something happened (danger: low)",
                        "             its code was not found to take it from the JDK",
                        "    takes    network-access, and does not ask for it (1 place)",
                        "             org.example.Main.run:5 by new java.net.Socket tcp://evil.example.com:80"),
                run.err().lines().toList());
        assertTrue(isInstalled());
    }

    @Test
    void asJsonTheReviewIsWithThePlugin() throws IOException {
        Path jar = jar();
        CliRun run = install(jar, "--json");
        JsonObject plugin = new JsonObject(run.out());
        assertEquals("", run.err());
        assertEquals("installed", plugin.getString("state"));
        JsonObject review = plugin.getJsonObject("review");
        assertEquals(Sha256.of(jar), review.getString("sha256"));
        assertEquals(2, review.getJsonArray("asks").size());
        assertEquals(2, review.getJsonObject("scan").getJsonArray("findings").size());
    }

    @Test
    void whatTheScanObjectsToIsNotInstalledWhateverIsAnswered() {
        Path jar = greeter()
                .file("agent.so", new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0})
                .build(folder.resolve("native.jar"));
        CliRun run = install(jar, "--yes");
        assertEquals(ExitCode.BAD_INPUT, run.exitCode(), run.err());
        assertTrue(run.err().contains("    against  DP-0939 The scan objects to 1 thing:"), run.err());
        assertTrue(run.err().contains("error DP-0939: Plugin 'greeter' 1.0.0 is not admitted: "), run.err());
        assertFalse(isInstalled());
    }

    @Test
    void whereThePolicyAsksSomebodyMustAgree() throws IOException {
        String conf = conf("{unsigned: ask}");
        CliRun run = install(jar(), "--conf", conf);
        assertEquals(ExitCode.BAD_INPUT, run.exitCode(), run.err());
        assertTrue(run.err().contains("error DP-0937: "), run.err());
        assertFalse(isInstalled());
        assertEquals(ExitCode.OK, install(jar(), "--conf", conf, "--yes").exitCode());
        assertTrue(isInstalled());
    }

    @Test
    void theHashIsAnAnswerToo() throws IOException {
        CliRun run = install(jar(), "--conf", conf("{unsigned: ask}"), "--sha256", Sha256.of(jar()));
        assertEquals(ExitCode.OK, run.exitCode(), run.err());
    }

    @Test
    void whatThePolicyRefusesNobodyIsAskedAbout() throws IOException {
        CliRun run = install(jar(), "--conf", conf("{unsigned: refuse}"), "--yes");
        assertEquals(ExitCode.BAD_INPUT, run.exitCode(), run.err());
        assertTrue(run.err().contains("error DP-0936: "), run.err());
        assertFalse(isInstalled());
    }

    @Test
    void aConfigurationThatCannotBeReadRefuses() throws IOException {
        CliRun run = install(jar(), "--conf", conf("{unsigned: maybe}"));
        assertEquals(ExitCode.BAD_INPUT, run.exitCode(), run.err());
        assertTrue(run.err().contains("DP-0911"), run.err());
        assertFalse(isInstalled());
    }

    private CliRun answered(String answer, Path jar) {
        String before = System.getProperty("dataprism.terminal", "none");
        InputStream in = System.in;
        System.setProperty("dataprism.terminal", "err,in");
        System.setIn(new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)));
        try {
            return install(jar);
        } finally {
            System.setIn(in);
            System.setProperty("dataprism.terminal", before);
        }
    }

    @Test
    void onATerminalItAsks() {
        for (String no : List.of("n\n", "\n", "", "yesterday\n")) {
            CliRun run = answered(no, jar());
            assertEquals(ExitCode.FAILED, run.exitCode(), run.err());
            assertTrue(run.err().endsWith("Install it? Nothing is granted by that. [y/N] Not installed.\n"), run.err());
            assertFalse(isInstalled());
        }
        assertEquals(ExitCode.OK, answered("y\n", jar()).exitCode());
        assertTrue(isInstalled());
    }
}
