package io.dataprism.kernel.vertx;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AfterlifeTest {
    private final Afterlife afterlife = new Afterlife("after-p");

    @Test
    void whatOneCompletionThrowsKeepsNoOtherFromItsTurn() throws Exception {
        CountDownLatch behind = new CountDownLatch(1);
        afterlife.execute(() -> {
            throw new StackOverflowError("of a listener");
        });
        afterlife.execute(behind::countDown);
        assertTrue(behind.await(60, TimeUnit.SECONDS), "the one behind");
        CountDownLatch later = new CountDownLatch(1);
        afterlife.execute(later::countDown);
        assertTrue(later.await(60, TimeUnit.SECONDS), "one that comes later");
    }
}
