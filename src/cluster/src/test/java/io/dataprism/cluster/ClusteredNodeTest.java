package io.dataprism.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.core.LifecycleEvent;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Two members in one JVM: what joining means. Deaths of processes are in {@code ClusterProcessesTest}. */
final class ClusteredNodeTest {
    private final List<ClusteredNode> nodes = new ArrayList<>();

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    private static ClusterOptions options(String node, int port, String... members) {
        return new ClusterOptions(
                "test-" + ProcessHandle.current().pid(),
                node,
                "127.0.0.1",
                "127.0.0.1",
                port,
                0,
                List.of(members),
                false,
                Duration.ofSeconds(10));
    }

    private ClusteredNode start(ClusterOptions options) {
        ClusteredNode node = await(ClusteredNode.start(options, new VertxOptions()));
        nodes.add(node);
        return node;
    }

    @AfterEach
    void close() {
        nodes.forEach(node -> await(node.close()));
    }

    @Test
    void aSecondNodeJoinsTheFirstByItsAddress() {
        ClusteredNode first = start(options("first", 0));
        ClusteredNode second = start(options("second", 0, "127.0.0.1:" + first.port()));
        assertEquals(List.of("first", "second"), second.members());
        assertEquals(List.of("first", "second"), first.members());
        await(first.vertx()
                .eventBus()
                .consumer("greet", message -> message.reply("hello " + message.body()))
                .completion());
        assertEquals(
                "hello you",
                await(second.vertx().eventBus().request("greet", "you")).body());
    }

    @Test
    void aNodeThatNamesNobodyStaysAlone() {
        start(options("first", 0));
        ClusteredNode second = start(options("second", 0));
        assertEquals(List.of("second"), second.members());
    }

    /** As when containers start together, and their names are not known yet: each begins alone. */
    @Test
    void aNodeFindsLaterWhomItNamedAndDidNotFindAtItsStart() throws Exception {
        int port = freePort();
        ClusteredNode first = start(options("first", 0, "127.0.0.1:" + port));
        ClusteredNode second = start(options("second", port));
        CountDownLatch merged = new CountDownLatch(1);
        tellMerged(first, merged);
        tellMerged(second, merged);
        // Before that both may be members already, and whoever closes one waits until it has merged, for a minute and
        // more
        assertTrue(merged.await(90, TimeUnit.SECONDS), "one has become part of the other's cluster");
        List<String> both = List.of("first", "second");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> first.members().equals(both) && second.members().equals(both));
    }

    private static void tellMerged(ClusteredNode node, CountDownLatch merged) {
        node.hazelcast().getLifecycleService().addLifecycleListener(event -> {
            if (event.getState() == LifecycleEvent.LifecycleState.MERGED) {
                merged.countDown();
            }
        });
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void ofTwoNodesWithOneNameTheLaterOneIsRefused() {
        ClusteredNode first = start(options("same", 0));
        CompletionException failure = Assertions.assertThrows(
                CompletionException.class, () -> start(options("same", 0, "127.0.0.1:" + first.port())));
        ClusterException cause = assertInstanceOf(ClusterException.class, failure.getCause());
        assertEquals(ClusterException.NAME_TAKEN, cause.code());
        Awaitility.await().until(() -> first.members().equals(List.of("same")));
    }

    @Test
    void aHostMayBeAName() {
        ClusterOptions named = ClusterOptions.fromJson(
                        new JsonObject().put("host", "localhost").put("port", 0))
                .orThrow();
        assertEquals(List.of("node-7"), start(named.withNode("node-7")).members());
    }

    /** As in docker-compose.yml: each node has an address of its own, and knows the others by name. */
    @Test
    void aMemberMayBeNamedWhoseAddressIsAnotherThanTheNodesOwn() {
        ClusterOptions local = options("first", 0);
        ClusteredNode first = start(local);
        JsonObject section = new JsonObject()
                .put("name", local.name())
                .put("host", "127.0.0.2")
                .put("port", 0)
                .put("members", new JsonArray().add("localhost:" + first.port()));
        ClusteredNode second = start(ClusterOptions.fromJson(section).orThrow().withNode("second"));
        assertEquals(List.of("first", "second"), second.members());
    }

    @Test
    void anAddressOfAnotherMachineIsToldWithWhatToDo() {
        ClusterOptions elsewhere = ClusterOptions.fromJson(
                        new JsonObject().put("host", "192.0.2.1").put("port", 0).put("allow-remote", true))
                .orThrow();
        CompletionException failure = Assertions.assertThrows(CompletionException.class, () -> start(elsewhere));
        ClusterException cause = assertInstanceOf(ClusterException.class, failure.getCause());
        assertEquals(ClusterException.CANNOT_JOIN, cause.code());
        assertTrue(cause.getMessage().contains("'host' is an address of this machine"), cause.getMessage());
    }

    @Test
    void aPortInUseIsToldWithWhatToDo() {
        ClusteredNode first = start(options("first", 0));
        CompletionException failure = Assertions.assertThrows(
                CompletionException.class, () -> start(options("second", first.port(), "127.0.0.1:" + first.port())));
        ClusterException cause = assertInstanceOf(ClusterException.class, failure.getCause());
        assertEquals(ClusterException.CANNOT_JOIN, cause.code());
        assertTrue(cause.getMessage().startsWith("Node 'second' cannot take part in cluster"), cause.getMessage());
        assertInstanceOf(BindException.class, cause.getCause(), "found before Hazelcast meets it and prints its own");
    }
}
