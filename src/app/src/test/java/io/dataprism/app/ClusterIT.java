package io.dataprism.app;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes that {@code run --cluster} brought up, each in a process of its own, and a client of the one that speaks to a plugin of the other. */
class ClusterIT {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String TOKEN = "0123456789abcdef0";

    @TempDir
    Path home;

    private final Vertx vertx = Vertx.vertx();
    private final WebSocketClient client = vertx.createWebSocketClient();
    private final Queue<JsonObject> frames = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() throws Exception {
        done(vertx.close());
    }

    @Test
    void aCallAndAnEventCrossFromNodeToNode() throws Exception {
        int[] ports = freePorts();
        NodePlugin.greeter(home.resolve("greeter.jar"), "0.1.0");
        // Grants are each node's own: the plugin's node asks them again.
        conf("a", ports[0], ports[1], """
                plugins:
                  greeter:
                    source: ../greeter.jar
                    grants: [event-publish:greeting.hello]
                """);
        conf("b", ports[1], ports[0], "");
        try (Child a = run("a");
                Child b = run("b")) {
            WebSocket socket = connect(port(b));
            send(socket, new JsonObject().put("type", "register").put("address", "event:greeting.*"));
            await().atMost(SOON).untilAsserted(() -> assertEquals("Hello, Ada!", greeting(socket)));
            await().atMost(SOON)
                    .until(
                            () -> b.err()
                                    .contains(
                                            "Refused an event of another node: plugin:greeter may not publish 'greeting.hello' here."
                                                    + " Grant it with  ./dataprism grants add greeter 'event-publish:greeting.hello' "
                                                    + " or add  - 'event-publish:greeting.hello'  under  plugins.greeter.grants  in conf/kernel.yaml."));
            conf("b", ports[1], ports[0], """
                    plugins:
                      greeter:
                        enabled: false
                        grants: [event-publish:greeting.hello]
                    """);
            await().atMost(SOON).until(() -> {
                greeting(socket);
                return frames.stream().anyMatch(ClusterIT::isEvent);
            });
            assertSaysOfHazelcastWhoIsAMember(a);
            assertTrue(a.isAlive() && b.isAlive());
        }
    }

    private static void assertSaysOfHazelcastWhoIsAMember(Child node) throws Exception {
        assertTrue(node.err().contains("Members {size:2,"), node.err());
        for (String noise : List.of(
                "Hazelcast is starting in",
                "HazelcastInstanceFactory",
                "Jet engine",
                "CPSubsystem",
                "HealthMonitor",
                "logo:")) {
            assertFalse(node.err().contains(noise), node.err());
        }
    }

    private void conf(String node, int port, int other, String more) throws IOException {
        Path folder = Files.createDirectories(home.resolve("conf-" + node));
        Files.writeString(folder.resolve("kernel.yaml"), """
                version: 1
                node: {name: node-%s, data: ../data-%s}
                cluster: {port: %d, members: ["127.0.0.1:%d"]}
                gateway:
                  port: 0
                  tokens: [{user: ada, token: %s, grants: ["call:greeter:greet", "event-subscribe:greeting.*"]}]
                %s""".formatted(node, node, port, other, TOKEN, more));
    }

    private Child run(String node) throws Exception {
        Child child = Child.start(home, Map.of(), "run", "--cluster", "--conf", "conf-" + node);
        await().atMost(SOON).until(() -> child.out().contains("Node 'node-" + node + "' runs") || !child.isAlive());
        assertTrue(child.isAlive(), child.err());
        return child;
    }

    private static int[] freePorts() throws IOException {
        try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new int[] {one.getLocalPort(), other.getLocalPort()};
        }
    }

    private static int port(Child node) throws IOException {
        Matcher port = Pattern.compile("gateway on port (\\d+)").matcher(node.out());
        assertTrue(port.find(), node.out());
        return Integer.parseInt(port.group(1));
    }

    /** The client is kept, since one that nobody holds closes its connections. */
    private WebSocket connect(int port) throws Exception {
        WebSocketConnectOptions options =
                new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port).setURI("/eventbus?token=" + TOKEN);
        WebSocket socket = done(client.connect(options));
        socket.textMessageHandler(text -> frames.add(new JsonObject(text)));
        return socket;
    }

    private static void send(WebSocket socket, JsonObject frame) throws Exception {
        done(socket.writeTextMessage(frame.encode()));
    }

    /** What the plugin of the other node answers; what it failed with while the nodes are still getting to know each other. */
    private String greeting(WebSocket socket) throws Exception {
        String reply = "reply-" + frames.size();
        send(
                socket,
                new JsonObject()
                        .put("type", "send")
                        .put("address", "plugin:greeter:greet")
                        .put("replyAddress", reply)
                        .put("body", new JsonObject().put("name", "Ada")));
        await().atMost(SOON).until(() -> frames.stream().anyMatch(frame -> reply.equals(frame.getString("address"))));
        JsonObject answer = frames.stream()
                .filter(frame -> reply.equals(frame.getString("address")))
                .findFirst()
                .orElseThrow();
        return answer.getValue("body") instanceof JsonObject body ? body.getString("text", "") : answer.encode();
    }

    private static boolean isEvent(JsonObject frame) {
        return "event:greeting.*".equals(frame.getString("address"))
                && "Hello, Ada!"
                        .equals(frame.getJsonObject("body", new JsonObject()).getString("text"));
    }

    private static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
