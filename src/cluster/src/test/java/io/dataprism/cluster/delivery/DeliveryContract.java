package io.dataprism.cluster.delivery;

import static io.dataprism.cluster.delivery.ContractNode.ROOM;
import static io.dataprism.cluster.delivery.ContractNode.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.dataprism.api.CallOptions;
import io.dataprism.api.Capabilities;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginException;
import io.dataprism.api.Publication;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What is promised of messages, whatever way they go. A subclass sets up one route: a sender, and a receiver that records what is published
 * below {@code t} and offers {@link #capabilities}. Where a route promises less it says so, and the contract holds what it promises instead.
 */
abstract class DeliveryContract {
    /** What reached the receiver, in order. */
    final BlockingQueue<@Nullable Object> got = new LinkedBlockingQueue<>();

    /** Who sends. */
    interface Sender {
        Future<Publication> publish(String topic, @Nullable Object body);

        /** Call a capability of the receiver. */
        Future<Object> call(String capability, @Nullable Object body, CallOptions options);
    }

    abstract Sender sender();

    /** Those who may neither publish below {@code t} nor call the receiver. */
    abstract List<Sender> denied();

    /** Have {@code handler} run in the receiver's place, for what is published to {@code topic} from now on. */
    abstract void receive(String topic, Consumer<@Nullable Object> handler);

    /** Hold the receiver up until what is returned is run. */
    abstract Runnable block() throws Exception;

    /** End the receiver without a word to its callers. */
    abstract void stopReceiver();

    /** How many messages the receiver's mailbox has refused so far. */
    abstract long refused();

    // --- what not every route promises

    /** What a call fails with for which nobody is there. */
    FailureKind missing() {
        return FailureKind.NO_SUCH_CAPABILITY;
    }

    /** Whether events and calls keep one order among each other. */
    boolean ordersKinds() {
        return true;
    }

    /** Whether the receiver has a mailbox that is bounded. */
    boolean isBounded() {
        return true;
    }

    /** Whether a publication tells what became of an event at the receiver. */
    boolean tellsPublisher() {
        return true;
    }

    /** Whether a caller is told at once when the receiver ends. */
    boolean tellsCallerOfEnd() {
        return true;
    }

    /** What a plugin that receives offers. */
    final Capabilities capabilities() {
        return Capabilities.of("record", call -> {
                    got.add(call.body());
                    return Future.succeededFuture("recorded");
                })
                .and("never", call -> {
                    got.add("begun");
                    return Promise.promise().future();
                })
                .and("fail", call -> {
                    throw new IllegalStateException("broken");
                });
    }

    // --- helpers

    private Future<Object> call(String capability, @Nullable Object body) {
        return sender().call(capability, body, CallOptions.DEFAULT);
    }

    private static PluginException failure(Future<?> future) {
        CompletionException failed = assertThrows(CompletionException.class, () -> await(future));
        return assertInstanceOf(PluginException.class, failed.getCause());
    }

    private static FailureKind kind(Future<?> future) {
        return assertInstanceOf(CallException.class, failure(future)).kind();
    }

    private List<@Nullable Object> next(int count) throws InterruptedException {
        List<@Nullable Object> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Object item = got.poll(60, TimeUnit.SECONDS);
            assertTrue(item != null, "only " + items.size() + " of " + count + " came");
            items.add(item);
        }
        return items;
    }

    private static List<Object> numbers(int count) {
        return new ArrayList<>(IntStream.range(0, count).boxed().toList());
    }

    // --- order

    @Test
    void oneSendersEventsArriveInOrder() throws Exception {
        receive("t.a", got::add);
        List<Future<Publication>> told = new ArrayList<>();
        for (int i = 0; i < ROOM; i++) {
            told.add(sender().publish("t.a", i));
        }
        told.forEach(ContractNode::await);
        assertEquals(numbers(ROOM), next(ROOM));
    }

    @Test
    void oneSendersCallsArriveInOrder() throws Exception {
        for (int i = 0; i < ROOM; i++) {
            call("record", i);
        }
        assertEquals(numbers(ROOM), next(ROOM));
    }

    @Test
    void eventsAndCallsKeepOneOrderWhereThatIsPromised() throws Exception {
        receive("t.a", got::add);
        for (int i = 0; i < ROOM; i++) {
            if (i % 2 == 0) {
                sender().publish("t.a", i);
            } else {
                call("record", i);
            }
        }
        List<@Nullable Object> all = next(ROOM);
        if (ordersKinds()) {
            assertEquals(numbers(ROOM), all);
        } else {
            assertEquals(numbers(ROOM), all.stream().sorted().toList());
        }
    }

    // --- copying

    @Test
    void whatTheSenderChangesAfterwardsNobodySees() throws Exception {
        receive("t.a", got::add);
        JsonObject body = new JsonObject().put("n", 1).put("list", new JsonArray().add(1));
        Future<?> told = sender().publish("t.a", body);
        Future<?> answer = call("record", body);
        // The sender's code has handed it over once its future is there or its slice has run.
        await(told);
        await(answer);
        body.put("n", 2).getJsonArray("list").add(2);
        JsonObject sent = new JsonObject().put("n", 1).put("list", new JsonArray().add(1));
        assertEquals(List.of(sent, sent), next(2));
    }

    @Test
    void whatOneReceiverDoesToItTheNextDoesNotSee() throws Exception {
        receive("t.a", body -> {
            try {
                ((JsonObject) body).put("n", 2);
            } catch (UnsupportedOperationException refused) {
                // It is shared, and can't be changed.
            }
        });
        receive("t.a", got::add);
        await(sender().publish("t.a", new JsonObject().put("n", 1)));
        assertEquals(List.of(new JsonObject().put("n", 1)), next(1));
    }

    // --- denial

    @Test
    void whoMayNotReachesNobodyAndIsTold() throws Exception {
        receive("t.a", got::add);
        for (Sender stranger : denied()) {
            Future<?> told = stranger.publish("t.a", "denied");
            Awaitility.await().until(told::isComplete);
            PluginException refused = failure(stranger.call("record", "denied", CallOptions.DEFAULT));
            assertTrue(
                    refused instanceof CallException call
                            ? call.kind() == FailureKind.DENIED
                            : List.of("DP-0501", "DP-0401").contains(refused.code()),
                    refused::toString);
        }
        await(call("record", "allowed"));
        await(sender().publish("t.a", "allowed too"));
        assertEquals(List.of("allowed", "allowed too"), next(2));
    }

    // --- deadlines and failures

    @Test
    void aCallEndsByItsDeadline() throws Exception {
        assertEquals(FailureKind.LATE, kind(sender().call("never", null, CallOptions.within(Duration.ofMillis(300)))));
    }

    @Test
    void aHandlersFailureReachesTheCaller() {
        CallException failed = assertInstanceOf(CallException.class, failure(call("fail", null)));
        assertEquals(FailureKind.FAILED, failed.kind());
        assertTrue(String.valueOf(failed.getMessage()).contains("broken"), failed.getMessage());
    }

    @Test
    void aCapabilityThatThereIsNotIsToldAtOnce() {
        assertEquals(missing(), kind(call("nothing", null)));
    }

    @Test
    void aCallerIsToldWhenTheReceiverEndsWhereThatCanBeKnown() throws Exception {
        Future<Object> working =
                sender().call("never", null, CallOptions.within(Duration.ofSeconds(tellsCallerOfEnd() ? 50 : 2)));
        assertEquals(List.of("begun"), next(1));
        stopReceiver();
        assertEquals(tellsCallerOfEnd() ? FailureKind.CANCELLED : FailureKind.LATE, kind(working));
    }

    // --- back-pressure

    @Test
    void aFullReceiverRefusesEventsAndWhoCanBeToldIs() throws Exception {
        int more = 5;
        receive("t.a", got::add);
        Runnable release = block();
        List<Publication> told = new ArrayList<>();
        for (int i = 0; i < ROOM + more; i++) {
            told.add(await(sender().publish("t.a", i)));
        }
        if (isBounded()) {
            Awaitility.await().until(() -> refused() == more);
            List<Publication> last = told.subList(ROOM, ROOM + more);
            assertEquals(
                    tellsPublisher() ? more : 0,
                    last.stream()
                            .flatMap(publication -> publication.refused().stream())
                            .filter(refusal -> refusal.kind() == FailureKind.BUSY)
                            .count());
        }
        release.run();
        int expected = isBounded() ? ROOM : ROOM + more;
        assertEquals(numbers(expected), next(expected));
        await(call("record", "after"));
        assertEquals(List.of("after"), next(1));
    }

    @Test
    void aFullReceiverRefusesCallsAtOnce() throws Exception {
        receive("t.a", got::add);
        Runnable release = block();
        for (int i = 0; i < ROOM + 1; i++) {
            await(sender().publish("t.a", i));
        }
        if (isBounded()) {
            Awaitility.await().until(() -> refused() == 1);
            assertEquals(FailureKind.BUSY, kind(call("record", "refused")));
            release.run();
        } else {
            Future<Object> waiting = call("record", "waits");
            release.run();
            await(waiting);
        }
        next(ROOM);
    }
}
