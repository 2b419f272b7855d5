package io.dataprism.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is refused before there is a socket: nobody of these reaches the kernel. */
final class HandshakeTest {
    private static final String TOKEN = "token-of-ada-12345";

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient();
    private Gateway gateway;

    private record Answer(int status, String body, MultiMap headers) {}

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    @BeforeEach
    void start() {
        GatewayOptions options = GatewayOptions.onLoopback(BridgeUsers.of(Map.of("ada", TOKEN)))
                .withOrigins(Set.of("https://console.example.com"));
        gateway = await(Gateway.start(
                vertx,
                caller -> {
                    throw new AssertionError("No handshake here may reach the kernel, but one of " + caller + " did");
                },
                options));
    }

    @AfterEach
    void close() {
        await(vertx.close());
    }

    private Answer get(String path, Map<String, String> headers) {
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost("127.0.0.1")
                .setPort(gateway.port())
                .setURI(path);
        headers.forEach(request::putHeader);
        return await(client.request(request).compose(HandshakeTest::exchange));
    }

    /** Wholly on the request's event loop: a body that came before anybody asked for it is lost. */
    private static Future<Answer> exchange(HttpClientRequest request) {
        return request.send().compose(HandshakeTest::read);
    }

    private static Future<Answer> read(HttpClientResponse response) {
        return response.body().map(body -> new Answer(response.statusCode(), body.toString(), response.headers()));
    }

    private Answer upgrade(String path, Map<String, String> headers) {
        MultiMap all = MultiMap.caseInsensitiveMultiMap()
                .add("Connection", "Upgrade")
                .add("Upgrade", "websocket")
                .add("Sec-WebSocket-Version", "13")
                .add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        Map<String, String> merged = new java.util.HashMap<>(headers);
        all.forEach(merged::putIfAbsent);
        return get(path, merged);
    }

    @Test
    void withoutATokenThereIsNoSocket() {
        Answer answer = upgrade("/eventbus", Map.of());
        assertEquals(401, answer.status());
        assertEquals("Bearer", answer.headers().get("WWW-Authenticate"));
        assertTrue(answer.body().startsWith("DP-1005: A token is required"), answer.body());
    }

    @Test
    void withAWrongTokenThereIsNoSocket() {
        assertEquals(401, upgrade("/eventbus?token=token-of-ada-1234", Map.of()).status());
        assertEquals(401, upgrade("/eventbus/websocket?token=", Map.of()).status());
        assertEquals(
                401,
                upgrade("/eventbus/000/abcdefgh/websocket", Map.of("Authorization", "Bearer nobody-at-all-123"))
                        .status());
        assertEquals(
                401,
                upgrade("/eventbus", Map.of("Authorization", "Basic " + TOKEN)).status());
        assertEquals(
                401,
                upgrade("/eventbus?token=" + TOKEN, Map.of("Authorization", "Bearer nobody-at-all-123"))
                        .status());
    }

    @Test
    void aPageOfAForeignOriginGetsNoSocketEvenWithAToken() {
        Answer answer = upgrade("/eventbus?token=" + TOKEN, Map.of("Origin", "https://evil.example.com"));
        assertEquals(403, answer.status());
        assertTrue(answer.body().startsWith("DP-1004"), answer.body());
        assertEquals(
                403,
                upgrade("/eventbus?token=" + TOKEN, Map.of("Origin", "null")).status());
        assertEquals(
                403,
                get("/eventbus/info", Map.of("Origin", "https://evil.example.com"))
                        .status());
    }

    @Test
    void aForeignNameThatPointsHereIsRefused() {
        Answer answer = upgrade(
                "/eventbus?token=" + TOKEN,
                Map.of(
                        "Host",
                        "evil.example.com:" + gateway.port(),
                        "Origin",
                        "http://evil.example.com:" + gateway.port()));
        assertEquals(421, answer.status());
        assertTrue(answer.body().startsWith("DP-1003"), answer.body());
    }

    @Test
    void aSockJsClientIsToldThatWebSocketsWork() {
        Answer answer = get("/eventbus/info", Map.of("Origin", "https://console.example.com"));
        assertEquals(200, answer.status());
        assertEquals(true, new JsonObject(answer.body()).getBoolean("websocket"));
        assertEquals("https://console.example.com", answer.headers().get("Access-Control-Allow-Origin"));
        assertEquals("true", answer.headers().get("Access-Control-Allow-Credentials"));
    }

    @Test
    void otherPathsAndTheOtherTransportsAreNotThere() {
        for (String path : new String[] {
            "/",
            "/eventbus/000/abc/xhr_streaming",
            "/eventbus/000/abc/jsonp",
            "/eventbus/../health/x",
            "/eventbus/iframe.html"
        }) {
            assertEquals(404, get(path, Map.of()).status(), path);
        }
    }

    @Test
    void aPlainRequestIsNoHandshake() {
        int status = get("/eventbus?token=" + TOKEN, Map.of()).status();
        assertTrue(status == 400 || status == 426, "status " + status);
    }

    @Test
    void healthNeedsNoToken() {
        assertEquals(200, get("/health", Map.of()).status());
    }

    @Test
    void aPortInUseIsToldWithWhatToDo() {
        GatewayOptions options =
                GatewayOptions.onLoopback(BridgeUsers.of(Map.of("ada", TOKEN))).withPort(gateway.port());
        Throwable failure = Assertions.assertThrows(
                        CompletionException.class,
                        () -> await(Gateway.start(
                                vertx,
                                caller -> {
                                    throw new AssertionError(caller);
                                },
                                options)))
                .getCause();
        assertTrue(
                failure.getMessage().startsWith("The gateway cannot listen on 127.0.0.1:" + gateway.port()),
                failure.getMessage());
    }

    @Test
    void closingFreesThePort() {
        int port = gateway.port();
        await(gateway.close());
        GatewayOptions options =
                GatewayOptions.onLoopback(BridgeUsers.of(Map.of("ada", TOKEN))).withPort(port);
        assertEquals(
                port,
                await(Gateway.start(
                                vertx,
                                caller -> {
                                    throw new AssertionError(caller);
                                },
                                options))
                        .port());
    }
}
