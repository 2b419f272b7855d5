package io.dataprism.app;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dataprism run} as an operator meets it: a process, its files, its exit code. */
class NodeIT {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String TABLES = """
            version: 1
            plugins:
              tables:
                source: shipped:tables
                config: {memoryMb: 64}
                grants:
                  - event-subscribe:plugin.*.stopped
                  - event-subscribe:plugin.*.error
                  - event-subscribe:plugin.*.quarantined
                  - native-access
                  - threads
                  - class-loading
                  - system-properties:read:os.*
                  - file-access:write:/tmp/*
            """;
    /** As the configuration that ships has it. */
    private static final String SANDBOXED = "DATAPRISM_NODE__SANDBOXED";

    @TempDir
    Path home;

    @BeforeEach
    void folder() throws Exception {
        Files.createDirectories(home.resolve("conf"));
        conf(TABLES);
    }

    private void conf(String yaml) throws Exception {
        Files.writeString(home.resolve("conf/kernel.yaml"), yaml);
    }

    private Child start() throws Exception {
        return start(Map.of());
    }

    private Child start(Map<String, String> environment) throws Exception {
        Map<String, String> sandboxed = new HashMap<>(environment);
        sandboxed.put(SANDBOXED, "true");
        Child node = Child.start(home, sandboxed, "run");
        await().atMost(SOON).until(() -> node.out().contains("Node 'local' runs") || !node.isAlive());
        assertTrue(node.isAlive(), node.err());
        return node;
    }

    private String list() throws Exception {
        return Child.run(home, "plugins", "list").out();
    }

    @Test
    void aNodeWithoutTheAgentSaysWhatIsWeaker() throws Exception {
        NodePlugin.greeter(home.resolve("conf/greeter.jar"), "1.0.0");
        conf(TABLES + "  greeter: {source: greeter.jar}\n");
        try (Child node = Child.start(home, Map.of(SANDBOXED, "true"), "run", "--no-agent")) {
            await().atMost(SOON).until(() -> node.out().contains("Node 'local' runs") || !node.isAlive());
            assertTrue(node.out().startsWith("Node 'local' runs: 1 of 2 plugins"), node.out());
            assertTrue(
                    node.err().contains("The sandbox is weaker here: The JVM was started without the agent"),
                    node.err());
            assertTrue(node.err().contains("Plugins for which nobody vouches are not started."), node.err());
            assertTrue(node.err().contains("Plugin 'greeter' 1.0.0 does not start: nobody vouches for it"), node.err());
            String info = Child.run(home, "plugins", "info", "greeter").out();
            assertTrue(info.contains("trusted       no: nobody vouches for it"), info);
            String doctor = Child.run(home, "doctor").out();
            assertTrue(
                    doctor.contains("not promised: what a plugin reaches past its own classes is checked as well"),
                    doctor);
            node.terminate();
            assertEquals(ExitCode.OK, node.end().exitCode());
        }
    }

    @Test
    void comesUpFollowsItsConfigurationAndEndsInOrder() throws Exception {
        try (Child node = start()) {
            assertTrue(node.out().startsWith("Node 'local' runs: 1 of 1 plugins, data in "), node.out());
            assertTrue(list().contains("running  processing"), list());

            conf(TABLES + "  files:\n    source: shipped:files\n    grants: ['call:tables:table-*']\n");
            await().atMost(SOON).until(() -> list().contains("integration"));

            conf(TABLES + "  files: {sorce: x}\n");
            await().atMost(SOON)
                    .until(() -> node.err().contains("Unknown key 'sorce' in 'plugins.files'. Did you mean 'source'?"));
            assertTrue(list().contains("integration"), "the last good configuration stays in force");
            String status = Child.run(home, "control", "config:status").out();
            assertTrue(status.contains("Unknown key 'sorce'") && status.contains("call:tables:table-*"), status);
            assertTrue(
                    node.err().contains("INFO  ConfFollower: " + home.resolve("conf/kernel.yaml") + ":4:"), node.err());
            assertFalse(node.err().matches("(?s).*(ERROR|WARN) +ConfFollower: [^\n]*: note: .*"), node.err());

            conf(TABLES);
            await().atMost(SOON).until(() -> !list().contains("integration"));

            node.terminate();
            CliRun end = node.end();
            assertEquals(ExitCode.OK, end.exitCode(), end.err());
            assertTrue(end.err().contains("RunningNode: Stopped"), end.err());
        }
        assertFalse(Files.exists(home.resolve("data/control/socket")));
        assertEquals(
                ExitCode.NO_NODE, Child.run(home, "plugins", "info", "tables").exitCode());
    }

    /** On a terminal; log lines take the bar's place, and it comes again below them. */
    @Test
    void aBarTellsWhatComesUp() throws Exception {
        Path go = home.resolve("go");
        NodePlugin.waiting(home.resolve("greeter.jar"), go);
        conf("version: 1\nplugins: {greeter: {source: ../greeter.jar, grants: ['event-publish:greeting.hello']}}\n");
        Map<String, String> onATerminal = Map.of("JAVA_TOOL_OPTIONS", "-Ddataprism.terminal=err");
        try (Child node = Child.start(home, onATerminal, "run")) {
            await().atMost(SOON).until(() -> node.err().matches("(?s).*\rrun +0% \\[.*greeter initialized.*"));
            Files.createFile(go);
            await().atMost(SOON).until(() -> node.out().contains("Node 'local' runs: 1 of 1 plugins"));
            assertTrue(
                    node.err().matches("(?s).*\r\u001b\\[K[^\r\n]*plugin greeter initialized -> running\n.*"),
                    node.err());
            assertTrue(node.err().endsWith("\r\u001b[K"), node.err());
        }
    }

    /** What comes up is cut off as a stop is, not waited for. */
    @Test
    void aSignalEndsANodeThatIsStillComingUp() throws Exception {
        NodePlugin.waiting(home.resolve("greeter.jar"), home.resolve("never"));
        conf("""
                version: 1
                node: {close-within: 1s, steps: {start: 30m}}
                plugins: {greeter: {source: ../greeter.jar, grants: ["event-publish:greeting.hello"]}}
                """);
        try (Child node = Child.start(home, Map.of(), "run")) {
            await().atMost(SOON).until(() -> node.err().contains("plugin greeter loading -> initialized"));
            node.terminate();
            CliRun end = node.end();
            assertEquals(ExitCode.OK, end.exitCode(), end.err());
            assertTrue(end.err().contains("RunningNode: Stopped"), end.err());
            assertEquals("", end.out(), "it never ran");
        }
    }

    /** The configuration of docker-compose.yml as it stands; its environment puts it on loopback and on ports that are free. */
    @Test
    void aNodeOfTheComposeFileBringsEveryPluginUp() throws Exception {
        Path compose = Path.of(System.getProperty("dist"), "conf", "compose", "kernel.yaml");
        Files.copy(compose, home.resolve("conf/kernel.yaml"), StandardCopyOption.REPLACE_EXISTING);
        Map<String, String> environment = Map.of(
                "DATAPRISM_TOKEN", "0123456789abcdef0",
                "DATAPRISM_NODE__DATA", home.resolve("data").toString(),
                "DATAPRISM_CLUSTER__HOST", "127.0.0.1",
                "DATAPRISM_CLUSTER__PORT", String.valueOf(freePort()),
                "DATAPRISM_CLUSTER__MEMBERS", "[]",
                "DATAPRISM_GATEWAY__HOST", "127.0.0.1",
                "DATAPRISM_GATEWAY__PORT", "0");
        try (Child node = Child.start(home, environment, "run", "--cluster")) {
            await().atMost(SOON).until(() -> node.out().contains("Node 'local' runs") || !node.isAlive());
            assertTrue(node.out().contains("runs: 2 of 2 plugins"), node.out() + node.err());
            String list = Child.run(home, "plugins", "list", "--json").out();
            assertEquals(2, list.split("\"running\"", -1).length - 1, list);
            assertEquals(
                    "charts 0.1.0 is running.\n",
                    Child.run(home, "plugins", "reload", "charts", "--data", "data")
                            .out());
            await().atMost(SOON).until(() -> node.err().split("charts initialized -> running", -1).length == 3);
            assertFalse(node.err().contains("WARNING"), node.err());
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return free.getLocalPort();
        }
    }

    @Test
    void aSecondNodeOnOneDataFolderIsRefused() throws Exception {
        try (Child node = start()) {
            CliRun second = Child.run(home, "run");
            assertEquals(ExitCode.TAKEN, second.exitCode());
            assertTrue(
                    second.err()
                            .contains(
                                    "error DP-0807: The data folder " + home.resolve("data") + " is in use by process"),
                    second.err());
            CliRun offline = Child.run(
                    home, "plugins", "install", home.resolve("none.jar").toString());
            assertEquals(ExitCode.BAD_INPUT, offline.exitCode(), offline.err());
            assertTrue(node.isAlive());
        }
    }

    @Test
    void aPortInUseIsNamedAndNothingIsLeftBehind() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            conf(TABLES + "gateway:\n  port: " + taken.getLocalPort()
                    + "\n  tokens: [{user: ada, token: 0123456789abcdef0}]\n");
            CliRun run = Child.run(home, "run");
            assertEquals(ExitCode.TAKEN, run.exitCode(), run.err());
            assertTrue(run.err().contains("error DP-1002"), run.err());
            assertTrue(run.err().contains(String.valueOf(taken.getLocalPort())), run.err());
        }
    }

    @Test
    void aConfigurationFromANewerVersionIsRefusedBeforeAnythingStarts() throws Exception {
        conf("version: 2\n");
        CliRun run = Child.run(home, "run");
        assertEquals(ExitCode.BAD_INPUT, run.exitCode());
        assertTrue(
                run.err()
                        .contains("error DP-0910: " + home.resolve("conf/kernel.yaml")
                                + ":1:10: 'version' is the number 2: expected 1"),
                run.err());
        assertFalse(Files.exists(home.resolve("data")));
    }

    /** By the life cycle, with where it was thrown; who wanted the plugin, and the last words of the command, do not tell it again. */
    @Test
    void theCauseOfAFailedStartIsToldOnce() throws Exception {
        NodePlugin.failing(home.resolve("greeter.jar"), "0.1.0");
        NodePlugin.guests(home.resolve("guests.jar"));
        conf("""
                version: 1
                plugins:
                  greeter: {source: ../greeter.jar, grants: ["event-publish:greeting.hello"]}
                  guests: {source: ../guests.jar}
                """);
        try (Child node = start()) {
            List<String> told = node.err()
                    .lines()
                    .filter(line -> line.contains("no greeting today"))
                    // The lines of its one stack trace
                    .filter(line -> !line.matches("(Caused by: )?[a-zA-Z.]+: .*"))
                    .toList();
            assertEquals(1, told.size(), node.err());
            assertTrue(told.get(0).contains("WARN  lifecycle: plugin greeter "), node.err());
            assertTrue(node.err().contains("org.example.Greeter.start"), node.err());
            assertTrue(
                    node.err()
                            .contains("Plugin 'greeter' failed with DP-0814. The log has the cause, and  dataprism"
                                    + " plugins info greeter\n"),
                    node.err());
            assertTrue(
                    node.err().contains("Plugin 'guests' waits: it requires 'greeter', which failed.\n"), node.err());
            assertTrue(node.out().contains("runs: 0 of 2 plugins"), node.out());
        }
    }

    /** A plugin that does what it can to tell it: in its log, and in the failure that operators see. */
    @Test
    void aSecretIsInNoLogAndNoAnswer() throws Exception {
        NodePlugin.talkative(home.resolve("greeter.jar"));
        conf("""
                version: 1
                plugins:
                  greeter:
                    source: ../greeter.jar
                    grants: ["event-publish:greeting.hello"]
                    config: {token: "${env:GREETER_TOKEN}"}
                """);
        try (Child node = start(Map.of("GREETER_TOKEN", "a-very-secret-token"))) {
            String info = Child.run(home, "plugins", "info", "greeter").out();
            String all = node.out() + node.err() + list() + info;
            assertFalse(all.contains("a-very-secret-token"), all);
            assertTrue(node.err().contains("The token is ${env:GREETER_TOKEN}"), node.err());
            assertTrue(node.err().contains("still ${env:GREETER_TOKEN}"), node.err());
            assertTrue(node.err().contains("no start with ${env:GREETER_TOKEN}"), node.err());
            assertTrue(info.contains("no start with ${env:GREETER_TOKEN}"), info);
        }
    }

    @Test
    void theGatewayOfARunningNodeMovesAndStaysWhereItCannot() throws Exception {
        String gateway = "gateway: {port: %d, tokens: [{user: ada, token: 0123456789abcdef0}]}\n";
        int first = freePort();
        int second = freePort();
        conf("version: 1\n" + gateway.formatted(first));
        try (Child node = start();
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertTrue(listens(first));
            String status = Child.run(home, "control", "config:status").out();
            assertTrue(status.contains("\"token\" : \"(a secret)\""), status);
            conf("version: 1\n" + gateway.formatted(second));
            await().atMost(SOON).until(() -> listens(second) && !listens(first));
            conf("version: 1\n" + gateway.formatted(taken.getLocalPort()));
            await().atMost(SOON).until(() -> node.err().contains("could not be put in force"));
            assertTrue(node.err().contains(String.valueOf(taken.getLocalPort())), node.err());
            assertTrue(listens(second), node.err());
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }
}
