package io.dataprism.kernel.vertx;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.kernel.testing.StackEnd;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Somebody calls itself until its stack ends, and sends then: an error may come between any two steps of what it calls. */
class StackEndTest {
    private static final int STACK = 256 << 10;
    private static final StackEnd END = new StackEnd(STACK, 32 << 10);
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
        Runnable send = () -> victim.offer(sent);
        // Compiled code is what has the least room left over, and needs the most of a sudden when it is found to be
        // compiled for the wrong case.
        for (int i = 0; i < WARM; i++) {
            send.run();
            until(victim, i + 1, ran);
        }
        for (int place = 0; place <= StackEnd.PLACES; place++) {
            int position = place;
            onThread(() -> END.run(position, send));
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
}
