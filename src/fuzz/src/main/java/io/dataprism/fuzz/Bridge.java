package io.dataprism.fuzz;

import io.dataprism.gateway.BridgeUsers;
import io.dataprism.gateway.Gateway;
import io.dataprism.gateway.GatewayOptions;
import io.dataprism.gateway.Quotas;
import io.dataprism.gateway.TokenStore;
import io.dataprism.kernel.Kernel;
import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.permission.PermissionRule;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Frames of a client of the bridge, over a real socket to a real gateway: whatever the frame, each answer is JSON, the socket goes on or is closed with a
 * code, and the next client is answered.
 */
public final class Bridge {
    private static final String TOKEN = "token-of-a-fuzzer-12345";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int TRIES = 5;

    private static final Vertx VERTX = Vertx.vertx();
    private static int port;
    private static final BlockingQueue<Throwable> UNCAUGHT = new LinkedBlockingQueue<>();
    private static @Nullable Client client;

    private Bridge() {}

    /** Bring the gateway up. Not where the class is initialized: other threads run its code before that ends. */
    public static void fuzzerInitialize() {
        VERTX.exceptionHandler(UNCAUGHT::add);
        Set<PermissionRule> grants = Set.of(
                PermissionRule.parse("event-publish:weather.**"),
                PermissionRule.parse("event-subscribe:weather.**"),
                PermissionRule.parse("channel:room"),
                PermissionRule.parse("call:nobody"));
        BridgeUsers users = new BridgeUsers(TokenStore.of(Map.of("ada", TOKEN)), Map.of("ada", grants));
        Quotas quotas = new Quotas(
                10,
                10,
                500,
                256,
                256 << 10,
                1_000_000,
                4 << 20,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(1));
        GatewayOptions options = GatewayOptions.onLoopback(users).withQuotas(quotas);
        port = await(Kernel.create(VERTX, KernelOptions.DEFAULT)
                        .compose(kernel -> Gateway.start(VERTX, kernel, options)))
                .port();
        CompletionException last = null;
        for (int i = 0; client == null && i < TRIES; i++) {
            try {
                client = new Client();
            } catch (CompletionException closed) {
                // Its classes are written anew while they are first used, which may take longer than it waits for a
                // handshake.
                last = closed;
            }
        }
        if (last != null && client == null) {
            throw last;
        }
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    public static void fuzzerTestOneInput(byte[] bytes) throws InterruptedException {
        Client open = client;
        if (open == null || open.isClosed()) {
            open = new Client();
            client = open;
        }
        if (!open.answersAfter(new String(bytes, StandardCharsets.UTF_8)) && !open.isClosedWithACode()) {
            throw new AssertionError(
                    "the bridge answers no more, and leaves the socket open, or closed it without a code");
        }
        Throwable thrown = UNCAUGHT.poll();
        if (thrown != null) {
            throw new AssertionError("nobody caught this", thrown);
        }
    }

    /** One socket, and what came of it. */
    private static final class Client {
        private static final JsonObject CLOSED = new JsonObject();

        private final BlockingQueue<JsonObject> received = new LinkedBlockingQueue<>();
        private final WebSocket socket;
        private volatile @Nullable Throwable wrong;
        private int asked;

        Client() {
            socket = await(VERTX.createWebSocketClient()
                    .connect(port, "127.0.0.1", "/eventbus?token=" + TOKEN)
                    .onSuccess(opened -> {
                        opened.textMessageHandler(this::heard);
                        opened.closeHandler(gone -> received.add(CLOSED));
                    }));
        }

        private void heard(String text) {
            try {
                received.add(new JsonObject(text));
            } catch (RuntimeException e) {
                wrong = e;
                received.add(CLOSED);
            }
        }

        boolean isClosed() {
            return socket.isClosed();
        }

        boolean isClosedWithACode() {
            return socket.isClosed() && socket.closeStatusCode() != null;
        }

        /** Send a frame, then one that is certainly answered, by an error, and wait for that. */
        boolean answersAfter(String frame) throws InterruptedException {
            asked++;
            String callback = "asked-" + System.nanoTime() + "-" + asked;
            socket.writeTextMessage(frame);
            socket.writeTextMessage(new JsonObject()
                    .put("type", "send")
                    .put("address", "nowhere")
                    .put("replyAddress", callback)
                    .encode());
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < end) {
                JsonObject answer = received.poll(1, TimeUnit.SECONDS);
                Throwable broken = wrong;
                if (broken != null) {
                    throw new AssertionError("the bridge sent what is no JSON", broken);
                }
                if (answer == null) {
                    continue;
                }
                if (answer.isEmpty() || callback.equals(answer.getString("address"))) {
                    return !answer.isEmpty();
                }
            }
            return false;
        }
    }
}
