package io.dataprism.app.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginException;
import io.dataprism.app.CommandFailure;
import io.dataprism.app.ExitCode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlSocketTest {
    @TempDir
    Path data;

    private Vertx vertx;
    private ControlServer server;

    @BeforeEach
    void start() throws Exception {
        vertx = Vertx.vertx();
        server = await(ControlServer.start(vertx, ControlAddress.in(data), ControlSocketTest::operate));
    }

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
    }

    /** Operations for these tests: echo, and failures of both kinds. */
    private static Future<JsonObject> operate(String noun, String verb, JsonObject body) {
        return switch (noun + ":" + verb) {
            case "test:echo" -> Future.succeededFuture(body);
            case "test:refuse" ->
                Future.failedFuture(new PluginException("DP-0200", "Plugin not found: " + body.getString("id")));
            case "test:throw" -> throw new IllegalStateException("thrown, not failed");
            case "test:break" -> Future.failedFuture(new IllegalStateException("broken inside"));
            default -> throw new PluginException("DP-0803", "There is no operation " + noun + ":" + verb + ".");
        };
    }

    @Test
    void carriesSeveralRequestsOverOneConnection() {
        try (ControlClient client = ControlClient.connect(data)) {
            for (int i = 0; i < 100; i++) {
                JsonObject body = new JsonObject().put("text", "Grüße\n" + i);
                assertEquals(body, client.invoke("test", "echo", body));
            }
        }
    }

    @Test
    void carriesAMegabyteBothWays() {
        JsonObject body = new JsonObject().put("text", "x".repeat(1 << 20));
        try (ControlClient client = ControlClient.connect(data)) {
            assertEquals(body, client.invoke("test", "echo", body));
        }
    }

    @Test
    void aFailureArrivesWithItsCodeAndMessage() {
        try (ControlClient client = ControlClient.connect(data)) {
            PluginException refused = assertThrows(
                    PluginException.class, () -> client.invoke("test", "refuse", new JsonObject().put("id", "chat")));
            assertEquals("DP-0200", refused.code());
            assertEquals("Plugin not found: chat", refused.getMessage());
            PluginException thrown =
                    assertThrows(PluginException.class, () -> client.invoke("test", "fly", new JsonObject()));
            assertEquals("DP-0803", thrown.code());
            PluginException broken =
                    assertThrows(PluginException.class, () -> client.invoke("test", "break", new JsonObject()));
            assertEquals("DP-0990", broken.code());
            PluginException defect =
                    assertThrows(PluginException.class, () -> client.invoke("test", "throw", new JsonObject()));
            assertEquals("DP-0990", defect.code());
            assertEquals(
                    "The node itself failed: java.lang.IllegalStateException: thrown, not failed. Its log has the details.",
                    defect.getMessage());
        }
    }

    @Test
    void onlyTheOwnerMayOpenIt() throws Exception {
        Path socket = data.resolve("control/socket");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())));
    }

    @Test
    void aNewerVersionIsRefusedAndAnythingElseThatIsNoRequest() throws Exception {
        assertTrue(raw("{\"v\":2,\"id\":7,\"noun\":\"test\",\"verb\":\"echo\"}\n")
                .contains("is of version 2, and this DataPrism speaks version 1"));
        assertTrue(raw("hello\n").contains("must be a JSON object, but is: hello"));
        assertTrue(raw("[1]\n").contains("must be a JSON object"));
        assertTrue(raw("{\"v\":1}\n").contains("needs the texts 'noun' and 'verb'"));
        assertTrue(raw("x".repeat(ControlLine.LONGEST + 10)).contains("must not exceed"));
    }

    @Test
    void withoutANodeTheClientSaysSo() throws Exception {
        await(server.close());
        assertFalse(Files.exists(data.resolve("control/socket")));
        assertFalse(ControlClient.isRunning(data));
        CommandFailure failure = assertThrows(CommandFailure.class, () -> ControlClient.connect(data));
        assertEquals(ExitCode.NO_NODE, failure.exitCode());
        assertTrue(failure.getMessage().startsWith("No node runs on the data folder " + data), failure.getMessage());
        assertTrue(failure.getMessage().endsWith("Start one with ./dataprism run, or name its folder with --data."));
    }

    @Test
    void aSocketLeftBehindByADeadNodeIsReplaced(@TempDir Path other) throws Exception {
        Files.createDirectories(other.resolve("control"));
        Files.writeString(other.resolve("control/socket"), "left behind");
        assertFalse(ControlClient.isRunning(other));
        await(ControlServer.start(vertx, ControlAddress.in(other), ControlSocketTest::operate));
        assertTrue(ControlClient.isRunning(other));
    }

    @Test
    void aDataFolderWithALongPathHasItsSocketElsewhere(@TempDir Path other) throws Exception {
        Path deep = other.resolve("a-rather-long-name-of-a-folder/".repeat(5));
        ControlServer far = await(ControlServer.start(vertx, ControlAddress.in(deep), ControlSocketTest::operate));
        try (ControlClient client = ControlClient.connect(deep)) {
            assertEquals(new JsonObject(), client.invoke("test", "echo", new JsonObject()));
        }
        Path socket = Path.of(far.toJson().getString("socket"));
        assertFalse(socket.startsWith(deep));
        ControlServer next = await(ControlServer.start(vertx, ControlAddress.in(deep), ControlSocketTest::operate));
        assertFalse(Files.exists(socket.getParent()), "what the one before has left is gone");
        socket = Path.of(next.toJson().getString("socket"));
        await(next.close());
        await(far.close());
        assertFalse(Files.exists(socket.getParent()));
    }

    /** A node that was killed, or whose disk was full, has left it. */
    @Test
    void anAddressThatWasNotWrittenHereToItsEndLeadsNowhere(@TempDir Path other) throws Exception {
        Path foreign = Files.createDirectories(other.resolve("foreign")).resolve("socket");
        Files.writeString(foreign, "somebody else's");
        Path pointer = Files.createDirectories(other.resolve("control")).resolve("address");
        for (String left : List.of("", "\0\0\0", "socket", foreign.toString(), other.toString())) {
            Files.writeString(pointer, left);
            ControlServer started =
                    await(ControlServer.start(vertx, ControlAddress.in(other), ControlSocketTest::operate));
            assertTrue(ControlClient.isRunning(other), left);
            await(started.close());
            assertTrue(Files.exists(foreign), left);
        }
    }

    @Test
    void aClientHasSoManyRequestsCarriedOutAtOnce(@TempDir Path other) throws Exception {
        BlockingQueue<Promise<JsonObject>> held = new LinkedBlockingQueue<>();
        ControlAddress address = ControlAddress.in(other);
        await(ControlServer.start(vertx, address, (noun, verb, body) -> {
            Promise<JsonObject> answer = Promise.promise();
            held.add(answer);
            return answer.future();
        }));
        int asked = 3 * ControlServer.MOST_AT_ONCE;
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(address.current()));
                BufferedReader reader = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
            write(channel, "{\"v\":1,\"id\":1,\"noun\":\"test\",\"verb\":\"hold\",\"body\":{}}\n".repeat(asked));
            for (int i = 0; i < asked; i++) {
                Promise<JsonObject> next = held.poll(20, TimeUnit.SECONDS);
                assertNotNull(next, "request " + i);
                assertTrue(held.size() < ControlServer.MOST_AT_ONCE, () -> held.size() + " more at once");
                next.complete(new JsonObject());
                assertNotNull(reader.readLine());
            }
        }
    }

    private String raw(String line) throws Exception {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(data.resolve("control/socket")));
                BufferedReader reader = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
            write(channel, line);
            return String.valueOf(reader.readLine());
        }
    }

    private static void write(SocketChannel channel, String text) throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
