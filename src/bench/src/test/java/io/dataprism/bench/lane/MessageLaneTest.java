package io.dataprism.bench.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.example.reading.Reading;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a lane is measured for it must do: each message reaches each receiver once. */
class MessageLaneTest {
    private static final int MESSAGES = 500;

    static List<String> lanes() {
        return Lanes.messageNames();
    }

    @ParameterizedTest
    @MethodSource("lanes")
    void deliversEachMessageOnceToOneReceiver(String lane) throws Exception {
        deliver(lane, 1);
    }

    static List<String> lanesToMany() {
        return Lanes.messageNames().stream().filter(Lanes::reachesMany).toList();
    }

    @ParameterizedTest
    @MethodSource("lanesToMany")
    void deliversEachMessageOnceToTenReceivers(String lane) throws Exception {
        deliver(lane, 10);
    }

    @ParameterizedTest
    @CsvSource({"kernel,FROZEN", "kernel,RECORD", "'bus, event loops',FROZEN", "'bus, event loops',RECORD"})
    void deliversEachMessageInAnotherForm(String name, MessageLane.Form form) throws Exception {
        AtomicInteger got = new AtomicInteger();
        Object sent = form == MessageLane.Form.RECORD ? Reading.ONE : new JsonObject().put("n", 1);
        try (MessageLane lane = Lanes.messages(name)) {
            lane.send(form);
            Flow flow = new Flow(lane, 1, 64, () -> sent, body -> {
                if (body.toString().equals(sent.toString())) {
                    got.incrementAndGet();
                }
            });
            flow.open();
            flow.run(MESSAGES);
        }
        assertEquals(MESSAGES, got.get());
    }

    private static void deliver(String name, int receivers) throws Exception {
        AtomicInteger next = new AtomicInteger();
        Queue<Integer> seen = new ConcurrentLinkedQueue<>();
        try (MessageLane lane = Lanes.messages(name)) {
            Flow flow = new Flow(
                    lane,
                    receivers,
                    64,
                    () -> new JsonObject().put("n", next.getAndIncrement()),
                    body -> seen.add(((JsonObject) body).getInteger("n")));
            flow.open();
            flow.run(MESSAGES);
            flow.run(MESSAGES);
        }
        var times = seen.stream().collect(Collectors.groupingBy(n -> n, Collectors.counting()));
        assertEquals(
                IntStream.range(0, 2 * MESSAGES).boxed().collect(Collectors.toMap(n -> n, n -> (long) receivers)),
                times);
    }
}
