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
    private static final int STACK = 256 << 10;
    /** How many bytes before the end the last of them are. */
    private static final int REACH = 32 << 10;

    private static final int WARM = 20_000;

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
        // Not a method reference below: linking one takes more room than sending.
        Runnable sent = ran::incrementAndGet;
        // Compiled code is what has the least room left over, and needs the most of a sudden when it is found to be
        // compiled for the wrong case.
        for (int i = 0; i < WARM; i++) {
            victim.offer(sent);
            until(victim, i + 1, ran);
        }
        for (int before = 0; before <= AROUND_THE_END; before++) {
            int position = before;
            onThread(() -> {
                int end = sendAt(Integer.MAX_VALUE, 0, victim, sent);
                int frameBytes = Math.max(1, STACK / end);
                sendAt(end - position * REACH / AROUND_THE_END / frameBytes, 0, victim, sent);
            });
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> victim.waiting() == 0);
        }
        assertTrue(ran.get() > WARM, "nothing was sent at the end at all");
        CountDownLatch last = new CountDownLatch(1);
        assertTrue(victim.offer(last::countDown));
        assertTrue(last.await(10, TimeUnit.SECONDS), "it has no slices any more");
    }

    private static void until(Mailbox victim, int count, AtomicInteger ran) {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (ran.get() < count || victim.waiting() > 0) {
            assertTrue(System.nanoTime() < giveUp, "it stands still");
            Thread.onSpinWait();
        }
    }

    private static void onThread(Runnable work) throws InterruptedException {
        Thread thread = new Thread(null, work, "deep", STACK);
        thread.start();
        thread.join();
    }

    /** Send so many calls further down, or find out how many there is room for. */
    private static int sendAt(int left, int depth, Mailbox victim, Runnable sent) {
        try {
            return left == 0 ? send(depth, victim, sent) : sendAt(left - 1, depth + 1, victim, sent);
        } catch (StackOverflowError end) {
            return depth;
        }
    }

    private static int send(int depth, Mailbox victim, Runnable sent) {
        victim.offer(sent);
        return depth;
    }
}
