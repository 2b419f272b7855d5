package io.dataprism.kernel.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginException;
import io.dataprism.api.Timers;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Timers of a plugin that starts as many and as short ones as it can. */
class PluginTimersTest {
    private static final Duration NANO = Duration.ofNanos(1);
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path folder;

    private ContextFixture node;
    private Timers timers;

    @BeforeEach
    void open() throws Exception {
        node = new ContextFixture(folder);
        timers = node.context.timers();
    }

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    @Test
    void noMoreWaitThanAPluginMayHave() throws Exception {
        List<Timers.Timer> waiting = new ArrayList<>();
        CountDownLatch fired = new CountDownLatch(1);
        for (int i = 1; i < ContextFixture.MOST_TIMERS; i++) {
            waiting.add(timers.every(HOUR, () -> {}));
        }
        timers.after(NANO, fired::countDown);
        assertTrue(fired.await(20, TimeUnit.SECONDS));
        waiting.add(timers.after(HOUR, () -> {}));
        PluginException refused = assertThrows(PluginException.class, () -> timers.after(NANO, () -> {}));
        assertEquals("DP-0189", refused.code());
        assertEquals(
                "Plugin 'p' can't start another timer: 1000 wait already, which is the most. Cancel those that are not needed, or let one"
                        + " timer do the work of several; the node's option maxTimersPerPlugin allows more.",
                refused.getMessage());
        assertThrows(PluginException.class, () -> timers.every(HOUR, () -> {}));
        assertTrue(waiting.get(0).cancel());
        assertTrue(timers.every(HOUR, () -> {}).cancel());
    }

    @Test
    void theClockIsNotFloodedByTimersThatAreStartedAndCancelled() throws Exception {
        SingleThreadEventExecutor clock = (SingleThreadEventExecutor) node.deployment.clock();
        CountDownLatch held = new CountDownLatch(1);
        clock.execute(() -> untilOpen(held));
        for (int i = 0; i < 20_000; i++) {
            timers.after(Duration.ofMillis(30_000 - i), () -> {}).cancel();
            timers.every(NANO, () -> {}).cancel();
        }
        int pending = clock.pendingTasks();
        held.countDown();
        assertTrue(pending < 200, pending + " calls of the clock wait");
    }

    @Test
    void aPeriodIsAMillisecondAtLeast() throws Exception {
        int turns = 30;
        for (Duration none : List.of(NANO, Duration.ZERO, Duration.ofSeconds(Long.MIN_VALUE))) {
            CountDownLatch fired = new CountDownLatch(turns);
            long began = System.nanoTime();
            Timers.Timer often = timers.every(none, fired::countDown);
            assertTrue(fired.await(20, TimeUnit.SECONDS));
            long took = System.nanoTime() - began;
            often.cancel();
            assertTrue(took >= (turns - 1) * 1_000_000L, turns + " turns in " + took + " ns");
        }
    }

    @Test
    void noneFiresTooEarly() throws Exception {
        BlockingQueue<Integer> fired = new LinkedBlockingQueue<>();
        long began = System.nanoTime();
        timers.after(Duration.ofSeconds(Long.MAX_VALUE), () -> fired.add(-1));
        for (int millis : List.of(90, 33, 7)) {
            timers.after(Duration.ofMillis(millis), () -> fired.add(millis));
        }
        for (int i = 0; i < 3; i++) {
            Integer millis = fired.poll(20, TimeUnit.SECONDS);
            assertNotNull(millis);
            assertTrue(System.nanoTime() - began >= millis * 1_000_000L);
        }
    }

    @Test
    void anEarlierOneThatIsStartedLaterFiresFirst() throws Exception {
        CountDownLatch early = new CountDownLatch(1);
        Timers.Timer late = timers.after(HOUR, () -> {});
        Timers.Timer sooner = timers.after(Duration.ofMinutes(10), () -> {});
        timers.after(Duration.ofMillis(5), early::countDown);
        assertTrue(early.await(20, TimeUnit.SECONDS));
        assertTrue(late.cancel());
        assertTrue(sooner.cancel());
    }

    @Test
    void thoseThatAreDueTogetherWaitInTheMailboxAsOne() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch fired = new CountDownLatch(500);
        node.deployment.mailbox().offer(() -> {
            inside.countDown();
            untilOpen(held);
        });
        inside.await();
        for (int i = 0; i < 500; i++) {
            timers.after(NANO, fired::countDown);
        }
        while (node.deployment.mailbox().waiting() == 0) {
            Thread.onSpinWait();
        }
        assertEquals(1, node.deployment.mailbox().waiting());
        held.countDown();
        assertTrue(fired.await(20, TimeUnit.SECONDS));
    }

    @Test
    void oneThatThrowsKeepsTheOthersFromNothing() throws Exception {
        CountDownLatch fired = new CountDownLatch(3);
        timers.every(NANO, () -> {
            throw new IllegalStateException("broken timer");
        });
        timers.every(NANO, fired::countDown);
        assertTrue(fired.await(20, TimeUnit.SECONDS));
    }

    private static void untilOpen(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
