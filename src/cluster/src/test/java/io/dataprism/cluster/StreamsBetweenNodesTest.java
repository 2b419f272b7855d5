package io.dataprism.cluster;

import static io.dataprism.cluster.TwoNodes.await;
import static io.dataprism.cluster.TwoNodes.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.CallException;
import io.dataprism.api.Caller;
import io.dataprism.api.Capabilities;
import io.dataprism.api.ColumnType;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginId;
import io.dataprism.api.StreamOptions;
import io.dataprism.api.StreamReader;
import io.dataprism.api.StreamReply;
import io.dataprism.api.StreamSource;
import io.dataprism.api.TableBatch;
import io.dataprism.kernel.messaging.PluginEndpoint;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A plugin of one node streams, whoever reads is on another. */
final class StreamsBetweenNodesTest {
    private final TwoNodes nodes = new TwoNodes();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();

    @AfterEach
    void close() {
        nodes.close();
    }

    /** Numbers up to {@code end}, on the second node. */
    private PluginEndpoint counting(int end) {
        StreamSource<Object> numbers = new StreamSource<>() {
            @Override
            public Future<Optional<Object>> next() {
                int number = asked.getAndIncrement();
                return Future.succeededFuture(number < end ? Optional.of(number) : Optional.empty());
            }

            @Override
            public Future<Void> close() {
                closed.set(true);
                return Future.succeededFuture();
            }
        };
        return nodes.two.serving(
                "counter",
                Capabilities.of(
                        "all",
                        call -> Future.succeededFuture(
                                StreamReply.of(numbers).headed(new JsonObject().put("to", end)))));
    }

    private <T> StreamReader<T> open(StreamOptions options) {
        return await(nodes.one.messaging.endpoint(Caller.HOST).calls().stream("counter", "all", null, options));
    }

    private CallException end(StreamReader<Object> stream) {
        return failure(CallException.class, stream.each(item -> Future.succeededFuture()));
    }

    @Test
    void itemsCrossOverInOrderAndThenTheEnd() {
        counting(5_000);
        StreamReader<Integer> stream = open(StreamOptions.DEFAULT);
        assertEquals(new JsonObject().put("to", 5_000), stream.head());
        List<Integer> all = new ArrayList<>();
        await(stream.each(number -> {
            all.add(number);
            return Future.succeededFuture();
        }));
        assertEquals(IntStream.range(0, 5_000).boxed().toList(), all);
        Awaitility.await().untilTrue(closed);
    }

    @Test
    void theOtherNodeRunsNoFurtherAheadThanTheReaderAllows() {
        counting(300);
        StreamReader<Integer> stream = open(StreamOptions.DEFAULT.ahead(8, 1 << 20));
        Awaitility.await().until(() -> asked.get() == 8);
        for (int read = 0; read < 300; read++) {
            assertTrue(asked.get() <= read + 8, asked + " asked for after " + read);
            assertEquals(Optional.of(read), await(stream.next()));
        }
    }

    @Test
    void batchesOfATableCrossOver() {
        BitSet second = new BitSet();
        second.set(1);
        TableBatch batch = new TableBatch.Builder(3)
                .longs("l", ColumnType.LONG, second, new long[] {1, 0, Long.MIN_VALUE})
                .doubles("d", new BitSet(), new double[] {1.5, Double.NaN, -0.0})
                .texts("t", ColumnType.TEXT, second, new String[] {"Zürich", null, "🂡"})
                .bytes("b", second, new byte[][] {{1, 2}, null, {}})
                .build();
        nodes.two.serving(
                "counter", Capabilities.of("all", call -> Future.succeededFuture(StreamReply.ofAll(List.of(batch)))));
        StreamReader<TableBatch> stream = open(StreamOptions.DEFAULT);
        TableBatch there = await(stream.next()).orElseThrow();
        assertEquals(3, there.rows());
        assertEquals(Long.MIN_VALUE, there.columns().get(0).getLong(2));
        assertTrue(there.columns().get(0).isNull(1));
        assertTrue(Double.isNaN(there.columns().get(1).getDouble(1)));
        assertEquals("Zürich", there.columns().get(2).getText(0));
        assertEquals("🂡", there.columns().get(2).getText(2));
        assertEquals(Buffer.buffer(new byte[] {1, 2}), there.columns().get(3).getBytes(0));
        assertEquals(ColumnType.BYTES, there.columns().get(3).type());
        assertEquals("t", there.columns().get(2).name());
    }

    @Test
    void closingReachesTheSource() {
        counting(Integer.MAX_VALUE);
        StreamReader<Object> stream = open(StreamOptions.DEFAULT);
        await(stream.next());
        await(stream.close());
        Awaitility.await().untilTrue(closed);
    }

    @Test
    void aPluginThatStopsEndsTheStream() {
        PluginEndpoint counter = counting(Integer.MAX_VALUE);
        StreamReader<Object> stream = open(StreamOptions.DEFAULT);
        await(counter.close());
        CallException end = end(stream);
        assertEquals(FailureKind.CANCELLED, end.kind());
        assertTrue(end.getMessage().startsWith("Plugin 'counter' was stopped"), end::getMessage);
    }

    @Test
    void aNodeThatStreamsAndDiesEndsTheStream() {
        counting(Integer.MAX_VALUE);
        StreamReader<Object> stream = open(StreamOptions.DEFAULT);
        nodes.two.die();
        CallException end = end(stream);
        assertEquals(FailureKind.CANCELLED, end.kind());
        assertTrue(end.getMessage().contains("has left the cluster"), end::getMessage);
    }

    @Test
    void aNodeThatReadsAndDiesFreesTheSource() {
        counting(Integer.MAX_VALUE);
        open(StreamOptions.DEFAULT);
        nodes.one.die();
        Awaitility.await().untilTrue(closed);
    }

    @Test
    void whatTheSourceFailsWithArrives() {
        nodes.two.serving(
                "counter",
                Capabilities.of(
                        "all",
                        call -> Future.succeededFuture(StreamReply.of(
                                () -> Future.failedFuture(new CallException(FailureKind.INVALID, "no such page"))))));
        StreamReader<Object> stream = open(StreamOptions.DEFAULT);
        CallException end = end(stream);
        assertEquals(FailureKind.INVALID, end.kind());
        assertEquals("no such page", end.getMessage());
    }

    @Test
    void aRefusalBeforeItBeginsArrives() {
        nodes.two.serving(
                "counter",
                Capabilities.of(
                        "all", call -> Future.failedFuture(new CallException(FailureKind.INVALID, "no such book"))));
        Future<?> opening = nodes.one.messaging.endpoint(Caller.HOST).calls().stream("counter", "all", null);
        assertEquals("no such book", failure(CallException.class, opening).getMessage());
    }

    @Test
    void aStreamThatNobodyReadsEndsOnBothNodes() {
        counting(Integer.MAX_VALUE);
        StreamReader<Object> stream = open(StreamOptions.DEFAULT.idle(Duration.ofMillis(300)));
        Awaitility.await().untilTrue(closed);
        CallException end = failure(CallException.class, awaitFailure(stream));
        assertEquals(FailureKind.LATE, end.kind());
        assertTrue(end.getMessage().contains("stood still"), end::getMessage);
    }

    /** The items at hand first, where this node has not noticed yet. */
    private static Future<?> awaitFailure(StreamReader<Object> stream) {
        return stream.each(item -> Future.succeededFuture());
    }

    @Test
    void theGrantOfTheNodeThatStreamsCountsAsLongAsItGoesOn() {
        counting(Integer.MAX_VALUE);
        PluginEndpoint reader = nodes.one.serving("reader", Capabilities.none());
        StreamReader<Object> stream = await(reader.calls().stream("counter", "all", null));
        nodes.two.grants.revoke(new PluginId("reader"), "call");
        CallException end = end(stream);
        assertEquals(FailureKind.DENIED, end.kind());
        Awaitility.await().untilTrue(closed);
    }
}
