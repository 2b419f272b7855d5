package io.dataprism.kernel.messaging;

import static io.dataprism.kernel.messaging.Node.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Call;
import io.dataprism.api.CallException;
import io.dataprism.api.CallOptions;
import io.dataprism.api.Capabilities;
import io.dataprism.api.FailureKind;
import io.dataprism.api.StreamOptions;
import io.dataprism.api.StreamReader;
import io.dataprism.api.StreamReply;
import io.dataprism.api.StreamSource;
import io.dataprism.testjars.Promptly;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** However a stream ends, both sides learn of it at once, and nothing is kept. */
class StreamsFailureTest {
    private final Node node = new Node();
    private final BlockingQueue<Call> handled = new LinkedBlockingQueue<>();
    private final Numbers numbers = Numbers.endless();
    private Node.Plugin counter;
    private Node.Plugin reader;

    @BeforeEach
    void deploy() throws Exception {
        reader = node.plugin("reader", "call").serve();
        counter = node.serving("counter", Capabilities.of("all", call -> {
            handled.add(call);
            return Future.succeededFuture(StreamReply.of(numbers));
        }));
    }

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    private Future<StreamReader<Object>> opening(String plugin, StreamOptions options) {
        return reader.start(() -> reader.endpoint.calls().stream(plugin, "all", null, options));
    }

    private StreamReader<Object> open(StreamOptions options) throws Exception {
        return await(opening("counter", options));
    }

    private CallException fails(Future<?> read) {
        return assertThrows(CallException.class, () -> await(read));
    }

    /** Until the failure; what was at hand before may still be read. */
    private CallException failure(StreamReader<Object> stream) throws Exception {
        Future<Void> end = reader.start(() -> stream.each(item -> Future.succeededFuture()));
        return fails(end);
    }

    private void nothingIsLeft() throws Exception {
        numbers.awaitClose();
        await(Node.next(handled).cancelled());
        Node.until(() -> !counter.endpoint.hasOpenAnswers() && !reader.endpoint.hasOpenAnswers());
    }

    @Test
    void closingReachesTheSourceAtOnce() throws Exception {
        StreamReader<Object> stream = open(StreamOptions.DEFAULT);
        reader.run(stream::next);
        assertTrue(counter.endpoint.hasOpenAnswers() && reader.endpoint.hasOpenAnswers());
        reader.run(stream::close);
        nothingIsLeft();
        assertEquals(FailureKind.CANCELLED, fails(reader.start(stream::next)).kind());
        reader.run(stream::close);
    }

    @Test
    void aReadThatWaitsEndsWithTheStreamThatIsClosed() throws Exception {
        node.serving(
                "slow",
                Capabilities.of(
                        "all",
                        call -> Future.succeededFuture(StreamReply.of(
                                new Numbers(1, number -> Promise.promise().future())))));
        StreamReader<Object> stream = await(opening("slow", StreamOptions.DEFAULT));
        Future<?> waiting = reader.start(stream::next);
        reader.run(stream::close);
        assertEquals(FailureKind.CANCELLED, fails(waiting).kind());
    }

    @Test
    void aFutureOfTheReadersGivesItUp() throws Exception {
        Promise<Void> enough = Promise.promise();
        StreamReader<Object> stream = open(StreamOptions.DEFAULT.until(enough.future()));
        reader.run(stream::next);
        enough.complete();
        assertEquals(FailureKind.CANCELLED, failure(stream).kind());
        nothingIsLeft();
    }

    @Test
    void aReaderThatStopsEndsTheStream() throws Exception {
        StreamReader<Object> stream = open(StreamOptions.DEFAULT);
        await(reader.endpoint.close());
        nothingIsLeft();
        assertEquals(
                FailureKind.CANCELLED,
                assertThrows(CallException.class, () -> await(stream.next())).kind());
    }

    @Test
    void thePluginThatStopsEndsTheStream() throws Exception {
        StreamReader<Object> stream = open(StreamOptions.DEFAULT);
        await(counter.endpoint.close());
        CallException failure = failure(stream);
        assertEquals(FailureKind.CANCELLED, failure.kind());
        assertEquals("Plugin 'counter' was stopped before it answered. Call again once it runs.", failure.getMessage());
        Node.until(() -> !reader.endpoint.hasOpenAnswers());
    }

    @Test
    void aStopWaitsForStreamsThatAreRead() throws Exception {
        StreamReader<Object> stream = open(StreamOptions.DEFAULT);
        counter.endpoint.quiesce();
        Future<Void> drained = counter.endpoint.drained();
        counter.run(() -> counter.deployment.succeeded(null));
        assertFalse(drained.isComplete());
        reader.run(stream::next);
        reader.run(stream::close);
        await(drained);
        nothingIsLeft();
    }

    @Test
    void theDeadlineIsThatOfTheWholeStream() throws Exception {
        StreamReader<Object> stream = open(StreamOptions.within(Duration.ofMillis(200)));
        CallException late = failure(stream);
        assertEquals(FailureKind.LATE, late.kind());
        assertTrue(
                late.getMessage().startsWith("No answer from 'all' of plugin 'counter' by the deadline."),
                late::getMessage);
        nothingIsLeft();
    }

    @Test
    void aStreamThatNobodyReadsEnds() throws Exception {
        StreamReader<Object> stream = open(StreamOptions.DEFAULT.idle(Duration.ofMillis(100)));
        nothingIsLeft();
        CallException idle = fails(reader.start(stream::next));
        assertEquals(FailureKind.LATE, idle.kind());
        assertEquals(
                "The stream of 'all' of plugin 'counter' stood still for PT0.1S: nobody read what came. Close streams that are"
                        + " not read to the end.",
                idle.getMessage());
    }

    @Test
    void aStreamThatGivesNothingEnds() throws Exception {
        Numbers stuck = new Numbers(1, number -> Promise.promise().future());
        node.serving("stuck", Capabilities.of("all", call -> Future.succeededFuture(StreamReply.of(stuck))));
        StreamReader<Object> stream = await(opening("stuck", StreamOptions.DEFAULT.idle(Duration.ofMillis(100))));
        CallException idle = failure(stream);
        assertEquals(FailureKind.LATE, idle.kind());
        assertTrue(idle.getMessage().contains("its plugin gave nothing"), idle::getMessage);
        stuck.awaitClose();
    }

    @Test
    void aHandlerThatNeverAnswersIsIdleToo() throws Exception {
        node.serving("never", Capabilities.of("all", call -> Promise.promise().future()));
        CallException idle = fails(opening("never", StreamOptions.DEFAULT.idle(Duration.ofMillis(100))));
        assertEquals(FailureKind.LATE, idle.kind());
        assertTrue(idle.getMessage().contains("stood still"), idle::getMessage);
    }

    /** Slower than its credit lasts, but never idle. */
    @Test
    void aSlowReaderIsNotIdle() throws Exception {
        StreamReader<Object> stream =
                open(StreamOptions.DEFAULT.idle(Duration.ofSeconds(2)).ahead(1_024, 1 << 20));
        for (int i = 0; i < 40; i++) {
            assertEquals(Optional.of(i), reader.run(stream::next));
            await(node.vertx.timer(100));
        }
    }

    @Test
    void whatTheSourceFailsWithArrives() throws Exception {
        node.serving(
                "broken",
                Capabilities.of(
                                "all",
                                call -> Future.succeededFuture(StreamReply.of(new Numbers(9, number -> {
                                    throw new IllegalStateException("the disk is gone");
                                }))))
                        .and(
                                "kind",
                                call -> Future.succeededFuture(StreamReply.of(new Numbers(
                                        9,
                                        number -> Future.failedFuture(
                                                new CallException(FailureKind.INVALID, "no such page")))))));
        CallException failed = failure(await(opening("broken", StreamOptions.DEFAULT)));
        assertEquals(FailureKind.FAILED, failed.kind());
        assertTrue(failed.getMessage().contains("the disk is gone"), failed::getMessage);
        assertTrue(failed.getCause() instanceof SafeFailure);
        StreamReader<Object> other = reader.run(() -> reader.endpoint.calls().stream("broken", "kind", null));
        CallException invalid = failure(other);
        assertEquals(FailureKind.INVALID, invalid.kind());
        assertEquals("no such page", invalid.getMessage());
    }

    @Test
    void aFailureComesAheadOfWhatWasNotRead() throws Exception {
        AtomicInteger given = new AtomicInteger();
        node.serving(
                "broken",
                Capabilities.of(
                        "all",
                        call -> Future.succeededFuture(StreamReply.of(() -> given.incrementAndGet() < 5
                                ? Future.succeededFuture(Optional.of(given.get()))
                                : Future.failedFuture("broken")))));
        StreamReader<Object> stream = await(opening("broken", StreamOptions.DEFAULT));
        Node.until(() -> !reader.endpoint.hasOpenAnswers());
        assertEquals(FailureKind.FAILED, fails(reader.start(stream::next)).kind());
    }

    @Test
    void aCloseThatFailsIsReported() throws Exception {
        node.serving(
                "clumsy", Capabilities.of("all", call -> Future.succeededFuture(StreamReply.of(new ClumsySource()))));
        StreamReader<Object> stream = await(opening("clumsy", StreamOptions.DEFAULT));
        assertEquals(Optional.empty(), reader.run(stream::next));
        Node.Failure reported = Node.next(node.failures);
        assertEquals("the end of the stream of 'all' of plugin 'clumsy'", reported.where());
    }

    private static final class ClumsySource implements StreamSource<Object> {
        @Override
        public Future<Optional<Object>> next() {
            return Future.succeededFuture(Optional.empty());
        }

        @Override
        public Future<Void> close() {
            throw new IllegalStateException("could not close");
        }
    }

    @Test
    void theGateIsAskedAndTheStreamEndsWithTheGrant() throws Exception {
        Node.Plugin none = node.plugin("none").serve();
        assertEquals(
                FailureKind.DENIED,
                fails(none.start(() -> none.endpoint.calls().stream("counter", "all", null)))
                        .kind());
        assertEquals(0, numbers.asked.get());
        StreamReader<Object> stream = open(StreamOptions.DEFAULT);
        node.grants.revoke(reader.id, "call");
        CallException revoked = failure(stream);
        assertEquals(FailureKind.DENIED, revoked.kind());
        assertEquals(
                "The stream of 'all' of plugin 'counter' ended: the grant of plugin:reader was revoked.",
                revoked.getMessage());
        nothingIsLeft();
    }

    @Test
    void aStreamEndsSoonAfterItsGrant() throws Exception {
        Promptly.within(Promptly.REVOKED, () -> {
            node.grants.grant(reader.id, "call", "test", "");
            StreamReader<Object> stream = open(StreamOptions.DEFAULT);
            Future<Void> cancelled = Node.next(handled).cancelled();
            long before = System.nanoTime();
            node.grants.revoke(reader.id, "call");
            assertEquals(FailureKind.DENIED, failure(stream).kind());
            await(cancelled);
            return System.nanoTime() - before;
        });
    }

    @Test
    void whatIsReadForACallEndsWithIt() throws Exception {
        Node.Plugin middle = node.new Plugin("middle", Set.of("sum"), "call");
        middle.serve(Capabilities.of(
                "sum",
                call -> middle.endpoint.calls().<Integer>stream("counter", "all", null)
                        .compose(stream -> stream.each(number -> Future.succeededFuture()))));
        Promise<Void> cancel = Promise.promise();
        Future<Object> call = reader.start(
                () -> reader.endpoint.calls().call("middle", "sum", null, CallOptions.DEFAULT.until(cancel.future())));
        Node.until(() -> numbers.asked.get() > 100);
        cancel.complete();
        assertEquals(FailureKind.CANCELLED, fails(call).kind());
        nothingIsLeft();
        Node.until(() -> !middle.endpoint.hasOpenAnswers());
    }

    @Test
    void aPluginReadsSoManyStreamsAtMostHoweverFastItOpensThem() throws Exception {
        List<Future<StreamReader<Object>>> open = new ArrayList<>();
        Node.Plugin calm = node.new Plugin("calm", Set.of("all"));
        Promise<Object> later = Promise.promise();
        calm.serve(Capabilities.of("all", call -> later.future()));
        for (int i = 0; i < 1_000; i++) {
            open.add(reader.endpoint.calls().stream("calm", "all", null));
            if (i % 50 == 0) {
                calm.run(() -> calm.deployment.succeeded(null));
            }
        }
        CallException busy = fails(reader.endpoint.calls().stream("calm", "all", null));
        assertEquals(FailureKind.BUSY, busy.kind());
        assertEquals(
                "plugin:reader reads 1000 streams, which is the most. Close those that are not read to the end.",
                busy.getMessage());
        later.complete();
        for (Future<StreamReader<Object>> one : open) {
            one.onSuccess(StreamReader::close);
        }
        Node.until(() -> !reader.endpoint.hasOpenAnswers());
        await(open(StreamOptions.DEFAULT).close());
    }
}
