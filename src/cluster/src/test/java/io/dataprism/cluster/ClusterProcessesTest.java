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
        onlyTheChannelsNodeReachesItsMembers();
        aSendToWhoIsNotThereFails();
        aDenialIsTheReceivers();
        anEventIsTheReceiversToDeny();
        aChannelMessageIsTheReceiversToDeny();
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
        assertEquals("host to user:ada who?", third.told("message").getString("value"));
        assertEquals(
                "answer of first",
                third.value(command("ask", "host").put("user", "ada").put("body", "who?")));
        third.value(command("grant", "channel:room").put("user", "eve"));
        JsonObject outside = third.does(command("join", "room").put("user", "eve"));
        assertEquals("DP-0401", outside.getJsonObject("failure").getString("code"), outside::encode);
    }

    /** Code with a raw bus on any node, which nobody has admitted: what it sends to a member's address is refused there. */
    private void onlyTheChannelsNodeReachesItsMembers() throws Exception {
        for (NodeProcess node : List.of(first, second, third)) {
            JsonObject forged = node.does(command("raw", "channel:room:user:ada")
                    .put("body", new JsonObject().put("message", "forged by a raw bus")));
            assertEquals(
                    "Plugin not authorized for this channel",
                    forged.getJsonObject("failure").getString("message"),
                    forged::encode);
        }
        first.value(command("send", "user:ada").put("body", "after it"));
        assertEquals("host to user:ada after it", third.told("message").getString("value"));
    }

    private void aSendToWhoIsNotThereFails() throws Exception {
        first.value(command("create", "hall").put("body", "user:bob"));
        JsonObject unsent = first.does(command("send", "user:bob").put("body", "anybody?"));
        assertEquals("NOT_RUNNING", unsent.getJsonObject("failure").getString("kind"), unsent::encode);
        for (NodeProcess node : List.of(first, third)) {
            node.value(command("grant", "channel:hall").put("user", "bob"));
        }
        third.value(command("join", "hall").put("user", "bob"));
        first.value(command("send", "user:bob").put("body", "there you are"));
        assertEquals("host to user:bob there you are", third.told("message").getString("value"));
    }

    private void anEventIsTheReceiversToDeny() throws Exception {
        second.value(command("subscribe", "news.*"));
        first.value(command("grant", "event-publish:news.*").put("user", "eve"));
        first.value(command("publish", "news.flash").put("user", "eve").put("body", 1));
        first.value(command("publish", "news.flash").put("body", 2));
        assertEquals("news.flash host 2", second.told("event").getString("value"));
        second.value(command("grant", "event-publish:news.*").put("user", "eve"));
        first.value(command("publish", "news.flash").put("user", "eve").put("body", 3));
        assertEquals("news.flash user:eve 3", second.told("event").getString("value"));
    }

    /** The node of the channel for who joins it from elsewhere, the node of the member for who speaks to it. */
    private void aChannelMessageIsTheReceiversToDeny() throws Exception {
        first.value(command("create", "den").put("body", "user:eve,user:zoe"));
        third.value(command("grant", "channel:den").put("user", "eve"));
        JsonObject outside = third.does(command("join", "den").put("user", "eve"));
        assertEquals("DP-0401", outside.getJsonObject("failure").getString("code"), outside::encode);
        first.value(command("grant", "channel:den").put("user", "eve"));
        third.value(command("join", "den").put("user", "eve"));

        first.value(command("grant", "channel:den").put("user", "zoe"));
        first.value(command("join", "den").put("user", "zoe"));
        JsonObject denied =
                first.does(command("send", "user:eve").put("user", "zoe").put("body", "let me in"));
        assertEquals("DENIED", denied.getJsonObject("failure").getString("kind"), denied::encode);
        third.value(command("grant", "channel:den").put("user", "zoe"));
        first.value(command("send", "user:eve").put("user", "zoe").put("body", "granted"));
        assertEquals("user:zoe to user:eve granted", third.told("message").getString("value"));
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
        first.value(command("subscribe", "plugin.**"));
        first.value(command("subscribe", "weather.*"));
        third.value(command("load", jar().toString()));
        Awaitility.await().until(() -> first.does(say("again")).getValue("value"), "again"::equals);
        // What a node tells of its plugins is its own: on this node another plugin of that name may run.
        third.value(command("publish", "weather.update").put("body", 23));
        assertEquals("weather.update host 23", first.told("event").getString("value"));
    }
}
