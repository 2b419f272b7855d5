package io.dataprism.gateway;

import static io.dataprism.gateway.BridgeClient.frame;
import static io.dataprism.gateway.BridgedKernel.ADA;
import static io.dataprism.gateway.BridgedKernel.EVE;
import static io.dataprism.gateway.BridgedKernel.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallOptions;
import io.dataprism.api.Channel;
import io.dataprism.kernel.traffic.Verdict;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client that does not behave gets: an exact answer, and a socket that goes on, or an exact close code. */
final class HostileFramesTest {
    private static final Quotas QUOTAS = new Quotas(
            20,
            10,
            50,
            16,
            64 << 10,
            100_000,
            1 << 20,
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(20));

    private final BridgedKernel kernel = new BridgedKernel(options -> options.withQuotas(QUOTAS));

    @AfterEach
    void close() {
        kernel.close();
    }

    /** Beyond a second its messages wait for ten times as long as they work, so that others at the event loop have their turns. */
    @Test
    void whoSendsWhatIsDearToCheckHasATenthOfTheEventLoop() throws Exception {
        Duration dear = Duration.ofMillis(600);
        BlockingQueue<Long> began = new LinkedBlockingQueue<>();
        kernel.messaging.intercept(
                message -> {
                    long now = System.nanoTime();
                    began.add(now);
                    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
                    long end = threads.getCurrentThreadCpuTime() + dear.toNanos();
                    while (threads.getCurrentThreadCpuTime() < end) {
                        Thread.onSpinWait();
                    }
                    return Verdict.pass();
                },
                Duration.ofSeconds(20));
        BridgeClient ada = kernel.client(ADA);
        ada.send(frame("publish", "event:weather.x").put("body", 1));
        ada.send(frame("publish", "event:weather.x").put("body", 2));
        ada.send(frame("publish", "event:weather.x").put("body", 3));
        began.poll(30, TimeUnit.SECONDS);
        long second = began.poll(30, TimeUnit.SECONDS);
        long third = began.poll(60, TimeUnit.SECONDS);
        // Between them the second works; what both used beyond a second comes back at a tenth of the clock's pace
        assertTrue(third - second >= Duration.ofMillis(2_000).toNanos(), "after " + Duration.ofNanos(third - second));
    }

    /** Frame; where its error is addressed to ({@code -} for nowhere); code; type. */
    static Stream<Arguments> frames() {
        return Stream.of(
                Arguments.of("", "-", 1010, "INVALID"),
                Arguments.of("hello", "-", 1010, "INVALID"),
                Arguments.of("{\"type\":\"send\"", "-", 1010, "INVALID"),
                Arguments.of("null", "-", 1010, "INVALID"),
                Arguments.of("[]", "-", 1010, "INVALID"),
                Arguments.of("{}{}", "-", 1010, "INVALID"),
                Arguments.of("{\"a\":".repeat(5_000), "-", 1010, "INVALID"),
                Arguments.of("[".repeat(60_000), "-", 1010, "INVALID"),
                Arguments.of(
                        "{\"type\":\"send\",\"address\":\"event:a\",\"body\":" + "9".repeat(5_000) + "}",
                        "-",
                        1010,
                        "INVALID"),
                Arguments.of("\u0000\u0001\uD800", "-", 1010, "INVALID"),
                Arguments.of("{}", "-", 1011, "INVALID"),
                Arguments.of("{\"type\":\"exec\",\"replyAddress\":\"r\"}", "r", 1011, "INVALID"),
                Arguments.of("{\"type\":null,\"replyAddress\":\"r\"}", "r", 1011, "INVALID"),
                Arguments.of(
                        "{\"type\":\"rec\",\"address\":\"event:weather.x\",\"replyAddress\":\"r\"}",
                        "r",
                        1011,
                        "INVALID"),
                Arguments.of("{\"type\":\"send\",\"replyAddress\":\"r\"}", "r", 1010, "INVALID"),
                Arguments.of("{\"type\":\"send\",\"address\":null,\"replyAddress\":\"r\"}", "r", 1010, "INVALID"),
                Arguments.of("{\"type\":\"send\",\"address\":7,\"replyAddress\":\"r\"}", "r", 1010, "INVALID"),
                Arguments.of(
                        "{\"type\":\"send\",\"address\":\"plugin:echo:say\",\"replyAddress\":{}}",
                        "-",
                        1010,
                        "INVALID"),
                Arguments.of(
                        "{\"type\":\"send\",\"address\":\"kernel:plugins:list\",\"replyAddress\":\"r\"}",
                        "r",
                        1012,
                        "DENIED"),
                Arguments.of(
                        "{\"type\":\"send\",\"address\":\"kernel:plugins:list\",\"replyAddress\":\"r\",\"body\":null}",
                        "r",
                        1012,
                        "DENIED"),
                Arguments.of("{\"type\":\"publish\",\"address\":\"kernel:node:stop\"}", "-", 1012, "DENIED"),
                Arguments.of(
                        "{\"type\":\"register\",\"address\":\"kernel:plugins:list\"}",
                        "kernel:plugins:list",
                        1012,
                        "DENIED"),
                Arguments.of(
                        "{\"type\":\"register\",\"address\":\"__vertx.reply.1\"}", "__vertx.reply.1", 1012, "DENIED"),
                Arguments.of(
                        "{\"type\":\"send\",\"address\":\"__vertx.reply.1\",\"replyAddress\":\"r\"}",
                        "r",
                        1012,
                        "DENIED"),
                Arguments.of(
                        "{\"type\":\"register\",\"address\":\"channel:room:host\"}",
                        "channel:room:host",
                        1012,
                        "DENIED"),
                Arguments.of(
                        "{\"type\":\"register\",\"address\":\"channel:room:*\"}", "channel:room:*", 1012, "DENIED"),
                Arguments.of(
                        "{\"type\":\"register\",\"address\":\"channel:room:user:eve\"}",
                        "channel:room:user:eve",
                        1012,
                        "DENIED"),
                Arguments.of(
                        "{\"type\":\"register\",\"address\":\"plugin:echo:say\"}", "plugin:echo:say", 1013, "INVALID"),
                Arguments.of("{\"type\":\"publish\",\"address\":\"plugin:echo:say\"}", "-", 1013, "INVALID"),
                Arguments.of("{\"type\":\"publish\",\"address\":\"channel:room:host\"}", "-", 1013, "INVALID"),
                Arguments.of(
                        "{\"type\":\"send\",\"address\":\"event:weather.x\",\"replyAddress\":\"r\"}",
                        "r",
                        1013,
                        "INVALID"),
                Arguments.of(
                        "{\"type\":\"send\",\"address\":\"channel:room:*\",\"replyAddress\":\"r\"}",
                        "r",
                        1013,
                        "INVALID"),
                Arguments.of("{\"type\":\"register\",\"address\":\"reply:abc\"}", "reply:abc", 1013, "INVALID"),
                Arguments.of(
                        "{\"type\":\"send\",\"address\":\"reply:abc\",\"replyAddress\":\"r\"}", "r", 1015, "DENIED"));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void isAnsweredExactlyAndTheSocketGoesOn(String text, String address, int code, String type) throws Exception {
        BridgeClient ada = kernel.client(ADA);
        JsonObject error = ada.send(text).next();
        assertEquals("err", error.getString("type"));
        assertEquals(address.equals("-") ? null : address, error.getString("address"), error::encode);
        assertEquals(code, error.getInteger("failureCode"), error::encode);
        assertEquals(type, error.getString("failureType"), error::encode);
        assertEquals("still here", ada.call("plugin:echo:say", "still here").getString("body"));
        assertEquals(0, ada.waiting());
    }

    @Test
    void anUnregisterOfWhatIsNotRegisteredChangesNothing() throws Exception {
        BridgeClient ada = kernel.client(ADA);
        ada.send(frame("unregister", "event:weather.*")).settle();
        assertEquals(0, ada.waiting());
    }

    @Test
    void aMessageThatIsTooLargeClosesTheSocket() throws Exception {
        BridgeClient ada = kernel.client(ADA);
        ada.send(frame("publish", "event:weather.x").put("body", "x".repeat(200 << 10)));
        // The close frame says 1009; a client that still sends may lose it and see its connection end without one
        assertTrue(Set.of(1009, 1006).contains(ada.closeCode()));
        kernel.client(ADA).settle();
    }

    @Test
    void binaryMessagesAreFramesToo() throws Exception {
        BridgeClient ada = kernel.client(ADA);
        ada.socket()
                .writeBinaryMessage(Buffer.buffer(frame("send", "plugin:echo:say")
                        .put("body", 1)
                        .put("replyAddress", "r")
                        .encode()));
        assertEquals(1, ada.next().getInteger("body"));
    }

    @Test
    void tenThousandRegistrationsEndAtTheQuota() throws Exception {
        BridgeClient ada = kernel.client(ADA);
        for (int i = 0; i < 10_000; i++) {
            ada.send(frame("register", "event:weather.t" + i));
        }
        ada.send(frame("send", "plugin:echo:say").put("body", "end").put("replyAddress", "r"));
        int refused = 0;
        JsonObject frame = ada.next();
        while (!"r".equals(frame.getString("address"))) {
            assertEquals(1014, frame.getInteger("failureCode"), frame::encode);
            assertEquals("BUSY", frame.getString("failureType"));
            refused++;
            frame = ada.next();
        }
        assertEquals(10_000 - QUOTAS.handlersPerSocket(), refused);
        assertEquals(1, await(kernel.host.events().publish("weather.t0", 1)).accepted());
        assertEquals(0, await(kernel.host.events().publish("weather.t9999", 1)).accepted());
    }

    @Test
    void registeringOneAddressAgainAndAgainIsOneRegistration() throws Exception {
        BridgeClient ada = kernel.client(ADA);
        for (int i = 0; i < 1_000; i++) {
            ada.send(frame("register", "event:weather.x"));
        }
        ada.settle();
        assertEquals(1, await(kernel.host.events().publish("weather.x", 1)).accepted());
    }

    @Test
    void requestsUnderWayEndAtTheQuota() throws Exception {
        BridgeClient ada = kernel.client(ADA);
        for (int i = 0; i < QUOTAS.pendingPerSocket(); i++) {
            ada.send(frame("send", "plugin:echo:never").put("replyAddress", "n" + i));
        }
        JsonObject refused = ada.call("plugin:echo:say", 1);
        assertEquals(1014, refused.getInteger("failureCode"));
        assertEquals("BUSY", refused.getString("failureType"));
        kernel.client(ADA).settle();
    }

    @Test
    void aReplyCannotBeForgedFromAnotherSocketNorGivenTwice() throws Exception {
        Channel room = await(kernel.host.channels().create("room", Set.of("user:ada")));
        BridgeClient ada = kernel.client(ADA);
        BridgeClient other = kernel.client(ADA);
        BridgeClient eve = kernel.client(EVE);
        ada.send(frame("register", "channel:room:user:ada"));
        ada.settle();
        Future<String> answer = room.request("user:ada", "?", CallOptions.within(Duration.ofSeconds(20)));
        String address = ada.next().getString("replyAddress");
        assertEquals(1015, eve.call(address, "forged").getInteger("failureCode"));
        assertEquals(1015, other.call(address, "forged").getInteger("failureCode"));
        assertFalse(answer.isComplete());
        ada.send(frame("send", address).put("body", "true"));
        assertEquals("true", await(answer));
        assertEquals(1015, ada.call(address, "again").getInteger("failureCode"));
    }

    @Test
    void aCallersReplyAddressIsItsOwnLabelAndReachesNobody() throws Exception {
        BlockingQueue<Object> stolen = new LinkedBlockingQueue<>();
        kernel.vertx.eventBus().consumer("victim", message -> stolen.add(message.body()));
        BridgeClient ada = kernel.client(ADA);
        ada.send(frame("send", "plugin:echo:say").put("body", "x").put("replyAddress", "victim"));
        JsonObject answer = ada.next();
        assertEquals("victim", answer.getString("address"));
        ada.settle();
        assertTrue(stolen.isEmpty());
    }

    @Test
    void anAnswerThatFindsNoRoomIsToldWhereItWasWaitedFor() throws Exception {
        BridgeClient ada = kernel.client(ADA);
        JsonObject refused = ada.call("plugin:echo:long", 2 << 20);
        assertEquals(1017, refused.getInteger("failureCode"));
        assertEquals("FAILED", refused.getString("failureType"));
    }

    @Test
    void aSilentSocketIsClosedAndAPingKeepsItOpen() throws Exception {
        BridgeClient silent = kernel.client(ADA);
        BridgeClient alive = kernel.client(ADA);
        long timer = kernel.vertx.setPeriodic(500, id -> alive.send(new JsonObject().put("type", "ping")));
        assertEquals(1001, silent.closeCode());
        kernel.vertx.cancelTimer(timer);
        alive.settle();
        assertEquals(0, alive.waiting());
    }

    @Test
    void socketsEndAtTheirQuotas() {
        for (int i = 0; i < QUOTAS.socketsPerUser(); i++) {
            kernel.client(ADA);
        }
        Throwable refused = org.junit.jupiter.api.Assertions.assertThrows(
                java.util.concurrent.CompletionException.class, () -> kernel.client(ADA));
        assertTrue(refused.getMessage().contains("429"), refused.getMessage());
        for (int i = 0; i < QUOTAS.sockets() - QUOTAS.socketsPerUser(); i++) {
            kernel.client(EVE);
        }
        refused = org.junit.jupiter.api.Assertions.assertThrows(
                java.util.concurrent.CompletionException.class, () -> kernel.client(EVE));
        assertTrue(refused.getMessage().contains("503"), refused.getMessage());
    }

    @Test
    void unreadableSockJsMessagesEndTheSocket() throws Exception {
        io.vertx.core.http.WebSocket socket = await(kernel.vertx
                .createWebSocketClient()
                .connect(kernel.gateway.port(), "127.0.0.1", "/eventbus/000/abcdefgh/websocket?token=" + ADA));
        java.util.concurrent.CompletableFuture<Short> closed = new java.util.concurrent.CompletableFuture<>();
        socket.closeHandler(gone -> closed.complete(socket.closeStatusCode()));
        for (int i = 0; i < 16; i++) {
            socket.writeTextMessage("{not sockjs");
        }
        assertEquals((short) 1008, closed.get(20, java.util.concurrent.TimeUnit.SECONDS));
    }

    @Test
    void aFloodIsReadAtItsRateAndLosesNothing() throws Exception {
        BridgedKernel slow = new BridgedKernel(options -> options.withQuotas(new Quotas(
                20,
                10,
                50,
                256,
                64 << 10,
                200,
                1 << 20,
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                Duration.ofMinutes(5))));
        try (slow) {
            BridgeClient ada = slow.client(ADA);
            long started = System.nanoTime();
            for (int i = 0; i < 500; i++) {
                ada.send(frame("send", "plugin:echo:say").put("body", i).put("replyAddress", "r" + i));
            }
            for (int i = 0; i < 500; i++) {
                assertEquals(i, ada.next().getInteger("body"));
            }
            Duration took = Duration.ofNanos(System.nanoTime() - started);
            assertTrue(took.toMillis() >= 1_400, "500 messages at 200/s after a burst of 200 took " + took);
        }
    }
}
