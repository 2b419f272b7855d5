package io.dataprism.kernel.messaging;

import static io.dataprism.kernel.messaging.Node.await;
import static io.dataprism.kernel.messaging.Node.next;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.dataprism.api.CallOptions;
import io.dataprism.api.Channel;
import io.dataprism.api.FailureKind;
import io.dataprism.api.Subscription;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What reaches a channel's member before it has a handler. */
class EarlyMessagesTest {
    private final Node node = new Node();
    private final BlockingQueue<Object> got = new LinkedBlockingQueue<>();
    private Node.Plugin sender;
    private Node.Plugin receiver;
    private Channel to;
    private Channel from;

    @BeforeEach
    void meet() throws Exception {
        sender = node.plugin("sender", "channel").serve();
        receiver = node.plugin("receiver", "channel").serve();
        to = sender.run(() -> sender.endpoint.channels().create("talk", Set.of("receiver")));
        from = receiver.run(() -> receiver.endpoint.channels().join("talk"));
    }

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    private void send(Object message) throws Exception {
        sender.run(() -> to.send("receiver", message));
    }

    private <T> Future<T> ask(Object message, CallOptions options) {
        return sender.start(() -> to.request("receiver", message, options));
    }

    /** Whatever was sent before has reached the receiver. */
    private void settle() throws Exception {
        sender.run(Future::succeededFuture);
        receiver.run(Future::succeededFuture);
    }

    private Subscription handleOne() throws Exception {
        AtomicReference<Subscription> handled = new AtomicReference<>();
        return receiver.run(() -> {
            handled.set(from.onMessage(message -> {
                got.add(message.message());
                handled.get().cancel();
                return Future.succeededFuture("done");
            }));
            return Future.succeededFuture(handled.get());
        });
    }

    private void handleAll() throws Exception {
        receiver.run(() -> Future.succeededFuture(from.onMessage(message -> {
            got.add(message.message());
            return Future.succeededFuture("done");
        })));
    }

    @Test
    void aHandlerThatTakesItselfAwayGetsOneAndTheNextTheRest() throws Exception {
        send("m0");
        send("m1");
        send("m2");
        settle();
        handleOne();
        assertEquals("m0", next(got));
        settle();
        assertNull(got.poll());
        handleAll();
        assertEquals("m1", next(got));
        assertEquals("m2", next(got));
    }

    @Test
    void requestsWaitForTheNextHandlerToo() throws Exception {
        Future<String> first = ask("r0", CallOptions.DEFAULT);
        Future<String> second = ask("r1", CallOptions.DEFAULT);
        settle();
        handleOne();
        assertEquals("done", await(first));
        settle();
        assertEquals(1, got.size());
        handleAll();
        assertEquals("done", await(second));
    }

    @Test
    void whatComesWhileTheyWaitGoesBehindThem() throws Exception {
        send("m1");
        send("m2");
        settle();
        Runnable release = receiver.block();
        Future<Void> sent = sender.start(() -> to.send("receiver", "m3"));
        await(sent);
        // As a blocking thread of the receiver's would: the handler is there, and its turn comes after m3.
        from.onMessage(message -> {
            got.add(message.message());
            return null;
        });
        release.run();
        assertEquals(List.of("m1", "m2", "m3"), List.of(next(got), next(got), next(got)));
    }

    @Test
    void aRequestThatNobodyWaitsForIsNotHandled() throws Exception {
        Future<String> late = ask("late", CallOptions.within(Duration.ofMillis(20)));
        assertEquals(
                FailureKind.LATE,
                assertThrows(CallException.class, () -> await(late)).kind());
        settle();
        send("m");
        handleAll();
        assertEquals("m", next(got));
        await(receiver.endpoint.drained());
    }

    @Test
    void whatWaitsIsBoundedInBytes() throws Exception {
        byte[] large = new byte[(int) Node.SMALL.mailbox().bytes() / 4];
        List<Future<String>> asked = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            asked.add(ask(Buffer.buffer(large), CallOptions.DEFAULT));
            settle();
        }
        CallException busy = assertThrows(CallException.class, () -> await(asked.get(7)));
        assertEquals(FailureKind.BUSY, busy.kind());
        handleAll();
        assertEquals("done", await(asked.get(0)));
    }

    @Test
    void whoeverLeavesOwesNoAnswer() throws Exception {
        Future<String> asked = ask("r", CallOptions.DEFAULT);
        settle();
        receiver.run(() -> from.leave());
        assertThrows(CallException.class, () -> await(asked));
        await(receiver.endpoint.drained());
        assertTrue(got.isEmpty());
    }
}
