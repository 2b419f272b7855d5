package io.dataprism.app.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StepResultTest {
    private static StepResult from(long begunMillis, long tookMillis) {
        Step step = new Step(
                "draw", "charts", "render", new JsonObject(), Optional.empty(), Duration.ofSeconds(1), Map.of());
        return new StepResult(
                step,
                begunMillis * 1_000_000,
                Duration.ofMillis(tookMillis),
                OptionalLong.empty(),
                null,
                Optional.empty());
    }

    @Test
    void allTogetherTookFromTheFirstCallToTheLastReply() {
        assertEquals(Duration.ZERO, StepResult.span(List.of()));
        assertEquals(Duration.ofMillis(5), StepResult.span(List.of(from(100, 5))));
        assertEquals(
                Duration.ofMillis(60), StepResult.span(List.of(from(-10, 30), from(-20, 10), from(0, 40), from(5, 1))));
    }
}
