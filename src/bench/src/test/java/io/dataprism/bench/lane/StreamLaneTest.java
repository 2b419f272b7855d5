package io.dataprism.bench.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StreamLaneTest {
    static List<String> lanes() {
        return Lanes.streamNames();
    }

    @ParameterizedTest
    @MethodSource("lanes")
    void bringsEachItemOfEachStreamOnce(String name) throws Exception {
        try (CallLane lane = Lanes.streams(name)) {
            lane.open();
            for (int items : new int[] {1, 64, 1_000, 1_001}) {
                assertEquals(items, read(lane, items));
            }
        }
    }

    private static Object read(CallLane lane, int items) throws Exception {
        JsonObject asked = new JsonObject()
                .put("items", items)
                .put("item", new JsonObject().put("n", 1))
                .put("window", 64);
        CompletableFuture<Object> read = new CompletableFuture<>();
        lane.execute(() -> lane.call(asked, (count, failure) -> {
            if (failure == null) {
                read.complete(count);
            } else {
                read.completeExceptionally(failure);
            }
        }));
        return read.get(60, TimeUnit.SECONDS);
    }
}
