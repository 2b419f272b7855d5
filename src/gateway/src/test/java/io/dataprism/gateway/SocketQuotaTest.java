package io.dataprism.gateway;

import static io.dataprism.gateway.BridgedKernel.ADA;
import static io.dataprism.gateway.BridgedKernel.EVE;
import static io.dataprism.gateway.BridgedKernel.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Future;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Three sockets in all, two of one user. */
final class SocketQuotaTest {
    private final BridgedKernel kernel = new BridgedKernel(options -> options.withQuotas(quotas()));
    private final WebSocketClient client =
            kernel.vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(100));

    @AfterEach
    void close() {
        kernel.close();
    }

    private static Quotas quotas() {
        Quotas usual = Quotas.DEFAULT;
        return new Quotas(
                3,
                2,
                usual.handlersPerSocket(),
                usual.pendingPerSocket(),
                usual.frameBytes(),
                usual.messagesPerSecond(),
                usual.queueBytes(),
                usual.pingTimeout(),
                usual.slowReaderTimeout(),
                usual.callTimeout());
    }

    private Future<WebSocket> connect(String token) {
        return client.connect(kernel.gateway.port(), "127.0.0.1", "/eventbus?token=" + token);
    }

    private static int status(Future<?> refused) {
        return refused.cause() instanceof UpgradeRejectedException rejected ? rejected.getStatus() : -1;
    }

    private static List<WebSocket> opened(List<Future<WebSocket>> handshakes) {
        await(Future.join(handshakes).otherwiseEmpty());
        return handshakes.stream().filter(Future::succeeded).map(Future::result).toList();
    }

    private List<Future<WebSocket>> connectAtOnce(String token, int count) {
        List<Future<WebSocket>> all = new ArrayList<>();
        IntStream.range(0, count).forEach(i -> all.add(connect(token)));
        return all;
    }

    @Test
    void clientsThatAreGoneAtOnceGiveTheirPlacesBack() throws Exception {
        byte[] handshake = ("GET /eventbus?token=" + ADA + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\n"
                        + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 400; i++) {
            try (Socket reset = new Socket("127.0.0.1", kernel.gateway.port())) {
                reset.setSoLinger(i % 2 == 0, 0);
                reset.getOutputStream().write(handshake);
            }
        }
        List<WebSocket> open = new ArrayList<>();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            open.addAll(opened(List.of(connect(ADA))));
            return open.size() == 2;
        });
    }

    @Test
    void handshakesAtTheSameTimeDoNotPassTheQuota() {
        List<Future<WebSocket>> adas = connectAtOnce(ADA, 20);
        assertEquals(2, opened(adas).size());
        assertEquals(
                List.of(429),
                adas.stream()
                        .filter(Future::failed)
                        .map(SocketQuotaTest::status)
                        .distinct()
                        .toList());
        List<Future<WebSocket>> eves = connectAtOnce(EVE, 20);
        assertEquals(1, opened(eves).size());
        assertEquals(
                List.of(503),
                eves.stream()
                        .filter(Future::failed)
                        .map(SocketQuotaTest::status)
                        .distinct()
                        .toList());
    }

    @Test
    void aSocketThatClosesGivesItsPlaceBack() {
        List<WebSocket> held = opened(List.of(connect(ADA), connect(ADA)));
        assertEquals(2, held.size());
        assertEquals(0, opened(List.of(connect(ADA))).size());
        held.forEach(socket -> await(socket.close()));
        for (int round = 0; round < 3; round++) {
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(this::bothPlacesAreFree);
        }
    }

    private boolean bothPlacesAreFree() {
        List<WebSocket> again = opened(List.of(connect(ADA), connect(ADA)));
        again.forEach(socket -> await(socket.close()));
        return again.size() == 2;
    }
}
