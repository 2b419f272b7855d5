package io.dataprism.gateway;

import static io.dataprism.gateway.BridgeClient.frame;
import static io.dataprism.gateway.BridgedKernel.ADA;
import static io.dataprism.gateway.BridgedKernel.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A client that does not read what it asked for. */
final class SlowReaderTest {
    private static final int QUEUE = 1 << 20;
    private static final int EVENTS = 20_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String KIB = "x".repeat(1 << 10);

    private static BridgedKernel kernel(Duration slowReaderTimeout) {
        return kernel(slowReaderTimeout, 16);
    }

    private static BridgedKernel kernel(Duration slowReaderTimeout, int pending) {
        return new BridgedKernel(options -> options.withQuotas(new Quotas(
                10,
                10,
                50,
                pending,
                64 << 10,
                1_000,
                QUEUE,
                Duration.ofMinutes(5),
                slowReaderTimeout,
                Duration.ofSeconds(20))));
    }

    @Test
    void isKeptWithinItsQueueAndToldWhatItMissed() throws Exception {
        try (BridgedKernel kernel = kernel(Duration.ofMinutes(5))) {
            BridgeClient slow = kernel.client(ADA);
            BridgeClient quick = kernel.client(ADA);
            slow.send(frame("register", "event:weather.x")).settle();
            quick.send(frame("register", "event:weather.x")).settle();
            slow.socket().pause();
            publishAndRead(kernel, quick);
            long waiting = kernel.gateway.waitingBytes();
            assertTrue(waiting > QUEUE / 4 && waiting <= QUEUE, "bytes waiting: " + waiting);
            slow.socket().resume();
            int received = 0;
            JsonObject next = slow.next();
            while (!next.getString("type").equals("err")) {
                received++;
                next = slow.next();
            }
            assertEquals(1016, next.getInteger("failureCode"));
            assertEquals("event:weather.x", next.getString("address"));
            String missed = (EVENTS - received) + " messages were dropped";
            assertTrue(next.getString("message").contains(missed), next.encode() + " after " + received);
            await(kernel.host.events().publish("weather.x", "fresh"));
            assertEquals("fresh", slow.next().getString("body"));
        }
    }

    @Test
    void losesNoAnswerHoweverMuchItAsksBeforeItReads() throws Exception {
        try (BridgedKernel kernel = kernel(Duration.ofMinutes(5), 2_000)) {
            BridgeClient slow = kernel.client(ADA);
            slow.socket().pause();
            int asked = 1_000;
            // Together the answers are far more than the queue and the connection hold.
            String body = KIB.repeat(16);
            for (int i = 0; i < asked; i++) {
                slow.send(frame("send", "plugin:echo:say").put("body", body).put("replyAddress", "r" + i));
            }
            Awaitility.await().atMost(PATIENCE).until(() -> kernel.gateway.waitingBytes() > QUEUE / 2);
            // Meanwhile the gateway has had time for all of the slow client's requests, had it not stopped reading
            // them.
            BridgeClient quick = kernel.client(ADA);
            for (int i = 0; i < 2 * asked; i++) {
                quick.settle();
            }
            slow.socket().resume();
            Set<String> answered = new HashSet<>();
            while (answered.size() < asked) {
                answered.add(slow.next().getString("address"));
            }
        }
    }

    @Test
    void isClosedWhenItsQueueDoesNotMove() throws Exception {
        try (BridgedKernel kernel = kernel(Duration.ofSeconds(1))) {
            BridgeClient slow = kernel.client(ADA);
            slow.send(frame("register", "event:weather.x")).settle();
            slow.socket().pause();
            for (int i = 0; i < EVENTS; i++) {
                kernel.host.events().publish("weather.x", KIB);
            }
            Awaitility.await()
                    .until(() ->
                            await(kernel.host.events().publish("weather.x", 1)).accepted() == 0);
            assertEquals(0, kernel.gateway.waitingBytes());
            // Lets the client see that it was closed, which its own Vertx waits for.
            slow.socket().resume();
        }
    }

    @Test
    void doesNotHoldUpTheGatewaysClose() throws Exception {
        BridgedKernel kernel = kernel(Duration.ofMinutes(5));
        BridgeClient slow = kernel.client(ADA);
        slow.send(frame("register", "event:weather.x")).settle();
        slow.socket().pause();
        for (int i = 0; i < EVENTS; i++) {
            kernel.host.events().publish("weather.x", KIB);
        }
        Awaitility.await().until(() -> kernel.gateway.waitingBytes() > QUEUE / 2);
        // Whoever waited for the reader would wait for five minutes, which is longer than this does.
        await(kernel.gateway.close());
        slow.socket().resume();
        kernel.close();
    }

    /** The quick client reads each hundred before the next comes: only the slow one falls behind. */
    private static void publishAndRead(BridgedKernel kernel, BridgeClient quick) throws InterruptedException {
        for (int i = 0; i < EVENTS; i++) {
            kernel.host.events().publish("weather.x", KIB);
            if (i % 100 == 99) {
                for (int j = 0; j < 100; j++) {
                    assertEquals("event:weather.x", quick.next().getString("address"));
                }
            }
        }
    }
}
