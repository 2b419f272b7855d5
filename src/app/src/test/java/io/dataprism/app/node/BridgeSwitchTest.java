package io.dataprism.app.node;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.kernel.Kernel;
import io.dataprism.kernel.KernelOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BridgeSwitchTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private Kernel kernel;
    private BridgeSwitch bridge;

    @BeforeEach
    void start() throws Exception {
        kernel = done(Kernel.create(vertx, KernelOptions.DEFAULT.withDataFolder(folder.resolve("data"))));
        bridge = new BridgeSwitch(vertx, kernel);
    }

    @AfterEach
    void close() throws Exception {
        done(bridge.close());
        done(kernel.close(Duration.ofSeconds(10)));
        done(vertx.close());
    }

    private static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static Optional<JsonObject> section(int port) {
        JsonObject token = new JsonObject().put("user", "ada").put("token", "0123456789abcdef0");
        return Optional.of(new JsonObject().put("port", port).put("tokens", new JsonArray().add(token)));
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(LOOPBACK, port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    @Test
    void whereTheNewOneCannotListenTheOldOneStaysAndTheSameIsTriedAgain() throws Exception {
        done(bridge.set(section(0)));
        int old = bridge.port().orElseThrow();
        int wanted;
        try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
            wanted = taken.getLocalPort();
            ExecutionException failed = assertThrows(ExecutionException.class, () -> done(bridge.set(section(wanted))));
            assertTrue(failed.getCause().getMessage().contains(String.valueOf(wanted)), failed.getMessage());
            assertEquals(Optional.of(old), bridge.port());
            assertTrue(listens(old));
        }
        done(bridge.set(section(wanted)));
        assertEquals(Optional.of(wanted), bridge.port());
        assertTrue(listens(wanted));
        await().until(() -> !listens(old));
    }

    @Test
    void changesAtTheSameTimeLeaveOneListener() throws Exception {
        List<Integer> ports = new ArrayList<>();
        List<Future<Void>> changes = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ports.add(free());
        }
        ports.forEach(port -> changes.add(bridge.set(section(port))));
        for (Future<Void> change : changes) {
            done(change);
        }
        await().untilAsserted(() -> assertEquals(
                List.of(ports.get(4)),
                ports.stream().filter(BridgeSwitchTest::listens).toList()));
        Future<Void> last = bridge.set(section(ports.get(0)));
        done(bridge.set(Optional.empty()));
        done(last);
        // The operating system may take a moment longer than the future.
        await().untilAsserted(() -> assertEquals(
                List.of(), ports.stream().filter(BridgeSwitchTest::listens).toList()));
        assertEquals(Optional.empty(), bridge.port());
    }
}
