package io.dataprism.kernel.messaging;

import static io.dataprism.kernel.messaging.Node.await;
import static io.dataprism.kernel.messaging.Node.next;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dataprism.api.Caller;
import io.dataprism.api.Event;
import io.dataprism.kernel.logging.LogLines;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.permission.PermissionGate;
import io.dataprism.kernel.traffic.Verdict;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever somebody does again and again, the log has the first times only, and each time is refused as the first. */
class LogFloodTest {
    private static final int TIMES = 200;
    /** How many lines one place writes a minute about one plugin or user. */
    private static final int LINES = 10;

    private final Node node = new Node();
    private final EventBus bus = node.vertx.eventBus();

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    private static void limited(LogLines log, String text) {
        List<String> lines =
                log.seen().stream().filter(line -> line.contains(text)).toList();
        assertEquals(LINES, lines.size(), lines::toString);
        assertEquals(
                " … more like this are only counted for now",
                lines.get(LINES - 1).replaceFirst(".*(?= … )", ""));
    }

    @Test
    void whatAPluginAsksForAndNobodyGrants() throws Exception {
        Node.Plugin asker = node.plugin("asker");
        Permission wanted = Permission.parse("vertx-access");
        try (LogLines log = new LogLines(PermissionGate.class)) {
            for (int i = 0; i < TIMES; i++) {
                assertFalse(await(node.gate.request(Caller.plugin(asker.id), wanted)));
            }
            limited(log, "'asker' may not use 'vertx-access'");
            assertFalse(await(node.gate.request(Caller.user("other"), wanted)));
            assertEquals(LINES + 1, log.seen().size());
        }
    }

    @Test
    void whatAPluginAsksForAndWhoIsAskedFails() throws Exception {
        Node.Plugin asker = node.plugin("asker", "vertx-access");
        node.grants.revoke(asker.id, "vertx-access");
        node.gate.consent((caller, permission) -> Future.failedFuture("out"));
        try (LogLines log = new LogLines(PermissionGate.class)) {
            for (int i = 0; i < TIMES; i++) {
                assertFalse(await(node.gate.request(Caller.plugin(asker.id), Permission.parse("vertx-access"))));
            }
            limited(log, "Nobody answered");
        }
    }

    @Test
    void eventsOfHostCodeThatReachNoPlugin() {
        try (LogLines log = new LogLines(BusEvents.class)) {
            for (int i = 0; i < TIMES; i++) {
                bus.publish("event:No Topic " + i, "x");
            }
            limited(log, "reaches no plugin");
        }
    }

    @Test
    void eventsOfHostCodeThatAnInterceptorDenies() throws Exception {
        node.messaging.intercept(
                message -> "last".equals(message.body()) ? Verdict.pass() : Verdict.deny("no"), Duration.ofSeconds(60));
        Node.Plugin listener = node.plugin("listener", "event-subscribe:**").serve();
        BlockingQueue<Event> got = new LinkedBlockingQueue<>();
        listener.run(() -> listener.endpoint.events().subscribe("t", got::add));
        try (LogLines log = new LogLines(BusEvents.class)) {
            for (int i = 0; i < TIMES; i++) {
                bus.publish("event:t", i);
            }
            bus.publish("event:t", "last");
            assertEquals("last", next(got).body());
            limited(log, "reaches no plugin");
        }
    }

    @Test
    void messagesOfHostCodeThatAreNotHandled() throws Exception {
        Node.Plugin owner = node.plugin("owner", "channel").serve();
        owner.run(() -> owner.endpoint.channels().create("talk", Set.of()));
        try (LogLines log = new LogLines(BusLink.class)) {
            for (int i = 0; i < TIMES; i++) {
                bus.send("channel:talk:owner", new JsonObject().put("message", i));
            }
            assertThrows(ReplyException.class, () -> await(bus.request("channel:talk:owner", new JsonObject())));
            limited(log, "was not handled");
        }
    }

    @Test
    void whatCodeOfAPluginThatHasEndedSendsToTheBus() throws Exception {
        Node.Plugin gone = node.plugin("gone", "vertx-access").serve();
        gone.endpoint.close();
        try (LogLines log = new LogLines(BusGuard.class)) {
            for (int i = 0; i < TIMES; i++) {
                ReplyException refused =
                        assertThrows(ReplyException.class, () -> gone.run(() -> bus.request("orders", "x")));
                assertEquals(303, refused.failureCode());
            }
            limited(log, "Refused the address orders");
        }
    }

    @Test
    void messagesThatABrokenInterceptorRefuses() throws Exception {
        node.messaging.intercept(
                message -> {
                    throw new IllegalStateException("broken");
                },
                Duration.ofSeconds(60));
        Node.Plugin sender = node.plugin("sender", "event-publish:**").serve();
        try (LogLines log = new LogLines(Interceptors.class)) {
            for (int i = 0; i < TIMES; i++) {
                assertThrows(
                        Exception.class,
                        () -> sender.run(() -> sender.endpoint.events().publish("t", 1)));
            }
            limited(log, "which is refused");
        }
    }
}
