package io.dataprism.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client without any library: sends what a test wants, however wrong, and keeps what comes. */
final class BridgeClient {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final WebSocket socket;
    private final BlockingQueue<JsonObject> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();

    private BridgeClient(WebSocket socket) {
        this.socket = socket;
        socket.textMessageHandler(text -> received.add(new JsonObject(text)));
        socket.closeHandler(
                gone -> closed.complete(socket.closeStatusCode() == null ? -1 : (int) socket.closeStatusCode()));
    }

    static BridgeClient connect(Vertx vertx, int port, String path) {
        WebSocketClient client = vertx.createWebSocketClient(
                new WebSocketClientOptions().setMaxFrameSize(64 << 20).setMaxMessageSize(64 << 20));
        return BridgedKernel.await(client.connect(port, "127.0.0.1", path).map(BridgeClient::new));
    }

    BridgeClient send(String text) {
        socket.writeTextMessage(text);
        return this;
    }

    BridgeClient send(JsonObject frame) {
        return send(frame.encode());
    }

    static JsonObject frame(String type, String address) {
        return new JsonObject().put("type", type).put("address", address);
    }

    /** The next frame. */
    JsonObject next() throws InterruptedException {
        JsonObject frame = received.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (frame == null) {
            throw new AssertionError("No frame came within " + PATIENCE);
        }
        return frame;
    }

    /** Call, and give the frame that answers. Frames before it are dropped. */
    JsonObject call(String address, Object body) throws InterruptedException {
        String callback = "callback-" + System.nanoTime();
        send(frame("send", address).put("body", body).put("replyAddress", callback));
        JsonObject frame = next();
        while (!callback.equals(frame.getString("address"))) {
            frame = next();
        }
        return frame;
    }

    /** Everything before this has been carried out. */
    void settle() throws InterruptedException {
        call("plugin:echo:say", "settle");
    }

    int waiting() {
        return received.size();
    }

    WebSocket socket() {
        return socket;
    }

    /** The code that the server closed with; -1 where the connection just ended. */
    int closeCode() throws Exception {
        return closed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    void close() {
        BridgedKernel.await(socket.close());
    }
}
