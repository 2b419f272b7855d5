package io.dataprism.charts.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.Engine;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    @Test
    void aDrawingThatEndedIsWatchedOverNoLonger() {
        try (Engine engine = Engine.newBuilder("js")
                        .option("engine.WarnInterpreterOnly", "false")
                        .build();
                World world = new World(engine);
                Deadline deadline = new Deadline()) {
            Deadline.Watch first = deadline.start(world, TimeUnit.HOURS.toNanos(1));
            Deadline.Watch second = deadline.start(world, TimeUnit.HOURS.toNanos(1));
            assertEquals(2, deadline.watched());
            assertTrue(first.stop());
            assertFalse(first.stop());
            assertEquals(1, deadline.watched());
            assertTrue(second.stop());
            assertEquals(0, deadline.watched());
        }
    }
}
