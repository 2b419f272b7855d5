package io.dataprism.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three JVMs: what crosses over, what is refused where, and what happens when one is killed. */
final class ClusterProcessesTest {
    private static final String MANIFEST = """
            manifest: 1
            id: echo
            version: 1.0.0
            main: io.dataprism.cluster.EchoPlugin
            api: ^0.1.0
            category: utility
            description: Says back what it is told
            capabilities: [say, who, never]
            """;

    @TempDir
    Path folder;

    private NodeProcess first;
    private NodeProcess second;
    private NodeProcess third;

    @BeforeEach
    void start() throws Exception {
        String cluster = "test-" + ProcessHandle.current().pid();
        first = NodeProcess.start(cluster, "first", folder);
        second = NodeProcess.start(cluster, "second", folder, first.port());
        third = NodeProcess.start(cluster, "third", folder, first.port(), second.port());
        second.value(command("load", jar().toString()));
    }

    @AfterEach
    void close() {
        for (NodeProcess node : new NodeProcess[] {first, second, third}) {
            if (node != null) {
                node.close();
            }
        }
    }

    private static JsonObject command(String what, String on) {
        return new JsonObject().put("do", what).put("on", on);
    }

    private static JsonObject say(Object body) {
        return command("call", "say").put("body", body);
    }

    private Path jar() throws IOException {
        Path jar = folder.resolve("echo.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.putNextEntry(new JarEntry("plugin.yaml"));
            out.write(MANIFEST.getBytes(StandardCharsets.UTF_8));
            out.putNextEntry(new JarEntry("io/dataprism/cluster/EchoPlugin.class"));
            try (InputStream code = EchoPlugin.class.getResourceAsStream("EchoPlugin.class")) {
                code.transferTo(out);
            }
        }
        return jar;
    }

    @Test
    void eventsChannelsAndCallsCrossOverAndSurviveANodesDeath() throws Exception {
        assertEquals(new JsonArray(List.of("first", "second", "third")), first.value(command("members", "")));
        callsCross();
        eventsCross();
        channelMessagesCross();
        aDenialIsTheReceivers();
        theOthersGoOnWhenOneIsKilled();
    }

    private void callsCross() throws Exception {
        assertEquals("hello", first.value(say("hello")));
        JsonObject body = new JsonObject().put("a", new JsonArray().add(1));
        assertEquals(body, third.value(say(body)));
        assertEquals("host", first.value(command("call", "who")));
    }

    private void eventsCross() throws Exception {
        second.value(command("subscribe", "weather.*"));
        third.value(command("subscribe", "weather.update"));
        first.value(command("publish", "weather.update").put("body", 21));
        assertEquals("weather.update host 21", second.told("event").getString("value"));
        assertEquals("weather.update host 21", third.told("event").getString("value"));
    }

    private void channelMessagesCross() throws Exception {
        for (NodeProcess node : List.of(first, third)) {
            node.value(command("grant", "channel:room").put("user", "ada"));
        }
        first.value(command("create", "room").put("body", "user:ada"));
        third.value(command("join", "room").put("user", "ada"));
        first.value(command("send", "user:ada").put("body", "hello"));
        assertEquals("host to user:ada hello", third.told("message").getString("value"));
        assertEquals("answer of third", first.value(command("ask", "user:ada").put("body", "who?")));
        assertEquals(
                "answer of first",
                third.value(command("ask", "host").put("user", "ada").put("body", "who?")));
        third.value(command("grant", "channel:room").put("user", "eve"));
        JsonObject outside = third.does(command("join", "room").put("user", "eve"));
        assertEquals("DP-0401", outside.getJsonObject("failure").getString("code"), outside::encode);
    }

    /** Eve's own node would let her call: it is the node of the plugin that does not. */
    private void aDenialIsTheReceivers() throws Exception {
        first.value(command("grant", "call:echo").put("user", "eve"));
        JsonObject denied = first.does(command("call", "who").put("user", "eve"));
        assertEquals("DENIED", denied.getJsonObject("failure").getString("kind"), denied::encode);
        second.value(command("grant", "call:echo").put("user", "eve"));
        assertEquals("user:eve", first.value(command("call", "who").put("user", "eve")));
    }

    private void theOthersGoOnWhenOneIsKilled() throws Exception {
        String waiting = first.begin(command("call", "never").put("within", 120_000));
        first.value(say("the call before this has arrived"));
        second.kill();
        JsonObject meanwhile = first.does(say("anybody?").put("within", 1_500));
        String kind = meanwhile.getJsonObject("failure").getString("kind");
        assertTrue(
                List.of("LATE", "NO_SUCH_CAPABILITY", "NOT_RUNNING", "CANCELLED")
                        .contains(kind),
                meanwhile::encode);
        assertTrue(meanwhile.getLong("millis") < 5_000, meanwhile::encode);
        Awaitility.await()
                .until(() -> first.value(command("members", "")).equals(new JsonArray(List.of("first", "third"))));
        JsonObject gone = first.does(say("anybody?"));
        assertEquals("NO_SUCH_CAPABILITY", gone.getJsonObject("failure").getString("kind"), gone::encode);
        assertTrue(gone.getLong("millis") < 2_000, gone::encode);
        JsonObject lost = first.told(waiting);
        assertEquals("CANCELLED", lost.getJsonObject("failure").getString("kind"), lost::encode);
        assertEquals(
                "The node that was asked for 'never' of plugin 'echo' has left the cluster before it answered. It may have"
                        + " been done; look, or ask again.",
                lost.getJsonObject("failure").getString("message"));
        assertTrue(lost.getLong("millis") < 30_000, lost::encode);
        first.value(command("publish", "weather.update").put("body", 22));
        assertEquals("weather.update host 22", third.told("event").getString("value"));
        third.value(command("load", jar().toString()));
        Awaitility.await().until(() -> first.does(say("again")).getValue("value"), "again"::equals);
    }
}
