package io.dataprism.bench.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CallLaneTest {
    static List<String> lanes() {
        return Lanes.callNames();
    }

    @ParameterizedTest
    @MethodSource("lanes")
    void answersEachCallOnce(String name) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (CallLane lane = Lanes.calls(name)) {
            lane.open();
            new CallFlow(lane, 64, () -> new JsonObject().put("n", asked.getAndIncrement()), Optional.empty())
                    .run(1_000);
            assertEquals(1_000, asked.get());

            Histogram times = new Histogram(3);
            new CallFlow(lane, 1, JsonObject::new, Optional.of(times)).run(100);
            assertEquals(100, times.getTotalCount());
        }
    }
}
