package io.dataprism.kernel.messaging;

import static io.dataprism.kernel.messaging.Node.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.dataprism.api.Caller;
import io.dataprism.api.Capabilities;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginException;
import io.dataprism.api.StreamOptions;
import io.dataprism.api.StreamReader;
import io.dataprism.api.StreamReply;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a stream brings, and how far whoever streams may run ahead. */
class StreamsTest {
    private final Node node = new Node();
    private Node.Plugin reader;

    @BeforeEach
    void deploy() throws Exception {
        reader = node.plugin("reader", "call").serve();
    }

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    private <T> StreamReader<T> open(String plugin, StreamOptions options) throws Exception {
        return reader.run(() -> reader.endpoint.calls().<T>stream(plugin, "all", null, options));
    }

    private <T> StreamReader<T> open(String plugin) throws Exception {
        return open(plugin, StreamOptions.DEFAULT);
    }

    private <T> T next(StreamReader<T> stream) throws Exception {
        return reader.run(stream::next).orElse(null);
    }

    private void streaming(String plugin, Numbers numbers) throws Exception {
        node.serving(plugin, Capabilities.of("all", call -> Future.succeededFuture(StreamReply.of(numbers))));
    }

    @Test
    void itemsArriveInOrderAndThenTheEnd() throws Exception {
        node.serving(
                "counter",
                Capabilities.of(
                        "all",
                        call -> Future.succeededFuture(
                                StreamReply.ofAll(List.of("a", "b", "c")).headed(new JsonObject().put("letters", 3)))));
        StreamReader<String> stream = open("counter");
        assertEquals(new JsonObject().put("letters", 3), stream.head());
        assertEquals("a", next(stream));
        assertEquals("b", next(stream));
        assertEquals("c", next(stream));
        assertEquals(Optional.empty(), reader.run(stream::next));
        assertEquals(Optional.empty(), reader.run(stream::next), "the end stays the end");
        await(stream.close());
    }

    @Test
    void itemsCanBeReadByTheBatch() throws Exception {
        streaming("counter", Numbers.to(100));
        StreamReader<Integer> stream = open("counter");
        List<Integer> all = new ArrayList<>();
        List<Integer> batch = reader.run(() -> stream.batch(7));
        while (!batch.isEmpty()) {
            assertTrue(batch.size() <= 7, batch::toString);
            all.addAll(batch);
            batch = reader.run(() -> stream.batch(7));
        }
        assertEquals(IntStream.range(0, 100).boxed().toList(), all);
    }

    /** Neither side gets deeper with each item. */
    @Test
    void aLongStreamIsReadToItsEnd() throws Exception {
        Numbers numbers = Numbers.to(200_000);
        streaming("counter", numbers);
        StreamReader<Integer> stream = open("counter");
        AtomicInteger expected = new AtomicInteger();
        reader.run(() -> stream.each(number -> {
            assertEquals(expected.getAndIncrement(), number);
            assertTrue(reader.deployment.mailbox().inSlice());
            return Future.succeededFuture();
        }));
        assertEquals(200_000, expected.get());
        numbers.awaitClose();
    }

    @Test
    void itemsMayComeLaterAndFromAnyThread() throws Exception {
        Numbers numbers =
                new Numbers(50, number -> Future.future(promise -> new Thread(() -> promise.complete(number)).start()));
        streaming("counter", numbers);
        StreamReader<Integer> stream = open("counter");
        List<Integer> all = new ArrayList<>();
        reader.run(() -> stream.each(number -> {
            all.add(number);
            return node.vertx.timer(1);
        }));
        assertEquals(IntStream.range(0, 50).boxed().toList(), all);
    }

    @Test
    void theSourceNeverRunsFurtherAheadThanTheReaderAllows() throws Exception {
        Numbers numbers = Numbers.to(500);
        streaming("counter", numbers);
        StreamReader<Integer> stream = open("counter", StreamOptions.DEFAULT.ahead(8, 1 << 20));
        Node.until(() -> numbers.asked.get() == 8);
        for (int read = 0; read < 500; read++) {
            assertTrue(numbers.asked.get() <= read + 8, numbers.asked + " asked for after " + read);
            assertEquals(read, next(stream));
        }
        assertEquals(Optional.empty(), reader.run(stream::next));
    }

    @Test
    void norByMoreBytes() throws Exception {
        int size = 1_000;
        Numbers numbers = new Numbers(100, number -> Future.succeededFuture(Buffer.buffer(new byte[size])));
        streaming("bytes", numbers);
        StreamReader<Buffer> stream = open("bytes", StreamOptions.DEFAULT.ahead(1_024, 4 * size));
        Node.until(() -> numbers.asked.get() == 4);
        for (int read = 0; read < 100; read++) {
            assertTrue(numbers.asked.get() <= read + 4, numbers.asked + " asked for after " + read);
            assertEquals(size, next(stream).length());
        }
    }

    /** Larger than all that may be ahead: it comes when nothing else is on its way. */
    @Test
    void aLargeItemComesAlone() throws Exception {
        Numbers numbers = new Numbers(3, number -> Future.succeededFuture(Buffer.buffer(new byte[100_000])));
        streaming("bytes", numbers);
        StreamReader<Buffer> stream = open("bytes", StreamOptions.DEFAULT.ahead(64, 1_024));
        for (int read = 0; read < 3; read++) {
            int before = read;
            Node.until(() -> numbers.asked.get() == before + 1);
            assertEquals(100_000, next(stream).length());
        }
    }

    /** A source that is always ready, and a reader that is: both leave others their turn. */
    @Test
    void aFastStreamLeavesOthersTheirTurn() throws Exception {
        Numbers numbers = Numbers.endless();
        Node.Plugin counter = node.serving(
                "counter",
                Capabilities.of("all", call -> Future.succeededFuture(StreamReply.of(numbers)))
                        .and("ping", call -> Future.succeededFuture("pong")));
        StreamReader<Integer> stream = open("counter");
        Future<Void> reading = reader.start(() -> stream.each(number -> Future.succeededFuture()));
        for (int i = 0; i < 10; i++) {
            assertEquals("pong", reader.run(() -> reader.endpoint.calls().call("counter", "ping", null)));
        }
        await(counter.endpoint.close());
        assertEquals(
                FailureKind.CANCELLED,
                assertThrows(CallException.class, () -> await(reading)).kind());
    }

    @Test
    void headAndItemsAreFrozen() throws Exception {
        JsonObject mine = new JsonObject().put("x", 1);
        node.serving(
                "objects",
                Capabilities.of(
                        "all",
                        call -> Future.succeededFuture(
                                StreamReply.ofAll(List.of(mine)).headed(mine))));
        StreamReader<JsonObject> stream = open("objects");
        JsonObject item = next(stream);
        mine.put("x", 2);
        assertEquals(1, item.getInteger("x"));
        assertThrows(UnsupportedOperationException.class, () -> item.put("x", 3));
        assertEquals(1, ((JsonObject) stream.head()).getInteger("x"));
    }

    @Test
    void whatIsNoPayloadEndsTheStream() throws Exception {
        node.serving(
                "odd",
                Capabilities.of("all", call -> Future.succeededFuture(StreamReply.ofAll(List.of(1, new Object())))));
        StreamReader<Object> stream = open("odd");
        CallException failure = assertThrows(CallException.class, () -> {
            next(stream);
            next(stream);
        });
        assertEquals(FailureKind.FAILED, failure.kind());
        assertEquals("DP-0403", failure.code());
    }

    @Test
    void aSingleAnswerIsAStreamOfOneItem() throws Exception {
        node.serving("one", Capabilities.of("all", call -> Future.succeededFuture("only")));
        node.serving("none", Capabilities.of("all", call -> Future.succeededFuture()));
        StreamReader<Object> one = open("one");
        assertEquals("only", next(one));
        assertEquals(Optional.empty(), reader.run(one::next));
        assertEquals(Optional.empty(), reader.run(open("none")::next));
    }

    @Test
    void aStreamIsNoSingleAnswer() throws Exception {
        Numbers numbers = Numbers.endless();
        streaming("counter", numbers);
        CallException refused = assertThrows(
                CallException.class,
                () -> reader.run(() -> reader.endpoint.calls().call("counter", "all", null)));
        assertEquals(FailureKind.INVALID, refused.kind());
        assertEquals("DP-0440", refused.code());
        numbers.awaitClose();
        assertEquals(0, numbers.asked.get());
    }

    @Test
    void oneReadAtATime() throws Exception {
        streaming("slow", new Numbers(1, number -> Future.future(never -> {})));
        StreamReader<Object> stream = open("slow");
        Future<?> first = reader.start(stream::next);
        reader.run(() -> reader.deployment.succeeded(null));
        PluginException refused = assertThrows(PluginException.class, () -> reader.run(() -> stream.batch(2)));
        assertEquals("DP-0441", refused.code());
        assertTrue(!first.isComplete());
    }

    @Test
    void hostAndUsersReadToo() throws Exception {
        streaming("counter", Numbers.to(3));
        AtomicInteger sum = new AtomicInteger();
        await(node.host().calls().<Integer>stream("counter", "all", null)
                .compose(stream -> stream.each(number -> {
                    sum.addAndGet(number);
                    return Future.succeededFuture();
                })));
        assertEquals(3, sum.get());
        CallException denied = assertThrows(
                CallException.class,
                () -> await(node.messaging.endpoint(Caller.user("ann")).calls().stream("counter", "all", null)));
        assertEquals(FailureKind.DENIED, denied.kind());
    }

    @Test
    void aPluginReadsItself() throws Exception {
        Numbers numbers = Numbers.endless();
        Node.Plugin self = node.new Plugin("self", Set.of("all"), "call");
        self.serve(Capabilities.of("all", call -> Future.succeededFuture(StreamReply.of(numbers))));
        StreamReader<Object> stream = self.run(() -> self.endpoint.calls().stream("self", "all", null));
        assertEquals(Optional.of(0), self.run(stream::next));
        self.run(stream::close);
        numbers.awaitClose();
    }

    @Test
    void aStreamMayBeMadeOfAnother() throws Exception {
        Numbers numbers = Numbers.to(1_000);
        streaming("counter", numbers);
        Node.Plugin[] doubling = new Node.Plugin[1];
        doubling[0] = node.serving(
                "doubling",
                Capabilities.of(
                        "all",
                        call -> call.calls().<Integer>stream("counter", "all", null)
                                .map(stream -> StreamReply.of(
                                        () -> stream.next().map(number -> number.map(each -> 2 * each))))),
                "call");
        StreamReader<Integer> stream = open("doubling");
        List<Integer> all = new ArrayList<>();
        reader.run(() -> stream.each(number -> {
            all.add(number);
            return Future.succeededFuture();
        }));
        assertEquals(IntStream.range(0, 1_000).map(number -> 2 * number).boxed().toList(), all);
    }
}
