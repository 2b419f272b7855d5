package io.dataprism.kernel.vertx;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Somebody calls itself until its stack ends, and sends then: an error may come between any two steps of what it calls. */
class StackEndTest {
    private static final int AROUND_THE_END = 250;
    private static final long STACK = 256 << 10;

    @Test
    void aReceiverOnCarriersHasItsSlicesAllTheSame() throws Exception {
        try (Deployed node = new Deployed()) {
            goesOn(node.deploy("victim").mailbox());
        }
    }

    @Test
    void soDoesTheHostWhereMailboxesAreWatched() throws Exception {
        try (Deployed node = new Deployed()) {
            goesOn(new HostQueue(node.vertx.getOrCreateContext(), MailboxLimits.DEFAULT).mailbox());
        }
    }

    @Test
    void soDoesAReceiverOnThreadsOfVertx() throws Exception {
        CarrierOptions supported = CarrierOptions.defaults().withSupportedApiOnly(true);
        try (Deployed node = new Deployed(Vertx.vertx(), supported)) {
            goesOn(node.deploy("victim").mailbox());
        }
    }

    private static void goesOn(Mailbox victim) throws Exception {
        AtomicInteger ran = new AtomicInteger();
        for (int before = 0; before <= AROUND_THE_END; before++) {
            int frames = before;
            onThread(() -> {
                int end = sendAt(Integer.MAX_VALUE, 0, victim, ran);
                sendAt(end - frames, 0, victim, ran);
            });
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> victim.waiting() == 0);
        }
        assertTrue(ran.get() > 0, "nothing was sent at all");
        CountDownLatch last = new CountDownLatch(1);
        assertTrue(victim.offer(last::countDown));
        assertTrue(last.await(10, TimeUnit.SECONDS), "it has no slices any more");
    }

    private static void onThread(Runnable work) throws InterruptedException {
        Thread thread = new Thread(null, work, "deep", STACK);
        thread.start();
        thread.join();
    }

    /** Send so many calls further down, or find out how many there is room for. */
    private static int sendAt(int left, int depth, Mailbox victim, AtomicInteger ran) {
        try {
            return left == 0 ? send(depth, victim, ran) : sendAt(left - 1, depth + 1, victim, ran);
        } catch (StackOverflowError end) {
            return depth;
        }
    }

    private static int send(int depth, Mailbox victim, AtomicInteger ran) {
        victim.offer(ran::incrementAndGet);
        return depth;
    }
}
