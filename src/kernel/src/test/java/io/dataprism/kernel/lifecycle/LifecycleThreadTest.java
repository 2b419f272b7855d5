package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LifecycleThreadTest {

    @Test
    void anErrorEndsNothingThatIsDonePeriodically() throws Exception {
        CountDownLatch turns = new CountDownLatch(3);
        try (LifecycleThread thread = new LifecycleThread("test")) {
            thread.every(Duration.ofMillis(1), () -> {
                turns.countDown();
                throw new OutOfMemoryError("as if");
            });
            assertTrue(turns.await(20, TimeUnit.SECONDS));
        }
    }
}
