package io.dataprism.kernel.vertx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Wake-ups in the one order that matters, without the watch that would come to their rescue. */
class CarrierGroupTest {
    private static final CarrierGroup.Size THREE = new CarrierGroup.Size(3, 3, Long.MAX_VALUE);

    /** Keeps wake-ups back until it is opened. */
    private static final class Gate implements Parking {
        private final AtomicInteger asleep = new AtomicInteger();
        private final List<Thread> woken = new ArrayList<>();
        private boolean open;

        @Override
        public void park(Thread self) {
            asleep.incrementAndGet();
            OF_THREADS.park(self);
            asleep.decrementAndGet();
        }

        @Override
        public void park(Thread self, long nanos) {
            OF_THREADS.park(self, nanos);
        }

        @Override
        public synchronized void unpark(Thread thread) {
            if (open) {
                OF_THREADS.unpark(thread);
            } else {
                woken.add(thread);
            }
        }

        @Override
        public long now() {
            return OF_THREADS.now();
        }

        synchronized void open() {
            open = true;
            woken.forEach(OF_THREADS::unpark);
        }
    }

    /** Two that wait for the third, which is ready before any of the three sleeping carriers has woken. */
    @Test
    void whoIsWokenWakesTheNextSoThatTheThirdRunsWhileTwoWaitForIt() throws Exception {
        Gate gate = new Gate();
        try (CarrierGroup group = new CarrierGroup("c", THREE, mailbox -> {}, gate)) {
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> gate.asleep.get() == 3);
            CountDownLatch release = new CountDownLatch(1);
            CountDownLatch released = new CountDownLatch(2);
            Runnable waits = () -> {
                try {
                    release.await();
                    released.countDown();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            };
            mailbox(group).offer(waits);
            mailbox(group).offer(waits);
            mailbox(group).offer(release::countDown);
            gate.open();
            boolean done = released.await(10, TimeUnit.SECONDS);
            release.countDown();
            assertTrue(done, "a carrier sleeps, and a mailbox waits for one");
        }
    }

    /** Time stands still, so that nothing waits for long; how often somebody looked around is counted. */
    private static final class StoppedClock implements Parking {
        private final AtomicInteger looks = new AtomicInteger();

        @Override
        public void park(Thread self) {
            OF_THREADS.park(self);
        }

        @Override
        public void park(Thread self, long nanos) {
            looks.incrementAndGet();
            OF_THREADS.park(self, nanos);
        }

        @Override
        public void unpark(Thread thread) {
            OF_THREADS.unpark(thread);
        }

        @Override
        public long now() {
            return 0;
        }

        void awaitLooks(int more) {
            int until = looks.get() + more;
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> looks.get() >= until);
        }
    }

    @Test
    void smallMessagesStayOnTheCarrierThatSentThem() throws Exception {
        StoppedClock clock = new StoppedClock();
        try (CarrierGroup group = new CarrierGroup("c", THREE, mailbox -> {}, clock)) {
            SerialMailbox receiver = mailbox(group);
            CompletableFuture<Thread> sent = new CompletableFuture<>();
            CompletableFuture<Thread> received = new CompletableFuture<>();
            mailbox(group).offer(() -> {
                receiver.offer(() -> received.complete(Thread.currentThread()));
                // Others see that it waits, and leave it.
                clock.awaitLooks(3);
                sent.complete(Thread.currentThread());
            });
            assertSame(sent.get(20, TimeUnit.SECONDS), received.get(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void whatWorksLongOnAMessageIsTakenOverByAnIdleCarrier() throws Exception {
        try (CarrierGroup group = new CarrierGroup("c", THREE, mailbox -> {}, new StoppedClock())) {
            SerialMailbox receiver = mailbox(group);
            for (int i = 0; i < 20 && !receiver.isHeavy(); i++) {
                CountDownLatch worked = new CountDownLatch(1);
                receiver.offer(() -> {
                    burn(1_000_000);
                    worked.countDown();
                });
                assertTrue(worked.await(20, TimeUnit.SECONDS));
                Awaitility.await().until(() -> receiver.runningOn().isEmpty());
            }
            assertTrue(receiver.isHeavy());
            CompletableFuture<Boolean> meanwhile = new CompletableFuture<>();
            mailbox(group).offer(() -> {
                CountDownLatch received = new CountDownLatch(1);
                receiver.offer(received::countDown);
                try {
                    meanwhile.complete(received.await(20, TimeUnit.SECONDS));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            assertTrue(meanwhile.get(30, TimeUnit.SECONDS));
        }
    }

    /** What is done soon does not wait behind somebody who burns CPU, slice by slice; who has waited as long as that takes goes first. */
    @Test
    void whoTakesLongIsDueLaterByAsMuchAsItTakes() throws Exception {
        SetClock clock = new SetClock();
        try (CarrierGroup group =
                new CarrierGroup("c", new CarrierGroup.Size(1, 1, Long.MAX_VALUE), mailbox -> {}, clock)) {
            SerialMailbox slow = mailbox(group);
            slow.offer(() -> burn(1_000_000));
            Awaitility.await().until(() -> slow.lastSlice() >= 1_000_000);
            assertEquals(List.of("quick", "slow"), order(group, slow, () -> {}));
            slow.offer(() -> burn(1_000_000));
            Awaitility.await().until(() -> slow.waiting() == 0 && slow.lastSlice() >= 1_000_000);
            assertEquals(List.of("slow", "quick"), order(group, slow, () -> clock.now.addAndGet(20_000_000)));
        }
    }

    /** In which order the only carrier runs {@code slow} and one made ready later, with {@code between} in between. */
    private static List<String> order(CarrierGroup group, SerialMailbox slow, Runnable between) throws Exception {
        Awaitility.await().until(() -> slow.runningOn().isEmpty());
        List<String> order = new CopyOnWriteArrayList<>();
        CountDownLatch done = new CountDownLatch(2);
        mailbox(group).offer(() -> {
            slow.offer(() -> note("slow", order, done));
            between.run();
            mailbox(group).offer(() -> note("quick", order, done));
        });
        assertTrue(done.await(20, TimeUnit.SECONDS));
        return order;
    }

    private static void note(String what, List<String> order, CountDownLatch done) {
        order.add(what);
        done.countDown();
    }

    private static void burn(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    /** Time goes on only when it is told to. */
    private static final class SetClock implements Parking {
        private final AtomicLong now = new AtomicLong();

        @Override
        public void park(Thread self) {
            OF_THREADS.park(self);
        }

        @Override
        public void park(Thread self, long nanos) {
            OF_THREADS.park(self, nanos);
        }

        @Override
        public void unpark(Thread thread) {
            OF_THREADS.unpark(thread);
        }

        @Override
        public long now() {
            return now.get();
        }
    }

    @Test
    void aBrokenEndOfAnEntryDoesNotCostACarrierOrTheOthersTheirs() throws Exception {
        try (CarrierGroup group = new CarrierGroup("c", THREE, mailbox -> {})) {
            SerialMailbox mailbox = mailbox(group);
            CountDownLatch told = new CountDownLatch(2);
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            mailbox.offer(() -> {
                inside.countDown();
                try {
                    go.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            assertTrue(inside.await(10, TimeUnit.SECONDS));
            for (int i = 0; i < 2; i++) {
                mailbox.offer(new MailboxEntry() {
                    @Override
                    protected void run() {}

                    @Override
                    protected void discarded() {
                        told.countDown();
                        throw new IllegalStateException("made up");
                    }
                });
            }
            mailbox.close();
            go.countDown();
            assertTrue(told.await(10, TimeUnit.SECONDS));
            CountDownLatch next = new CountDownLatch(1);
            mailbox(group).offer(next::countDown);
            assertTrue(next.await(10, TimeUnit.SECONDS));
            assertEquals(3, group.liveCarriers());
        }
    }

    /** Two are to be there for others, whatever the third does. */
    @Test
    void aCarrierThatOneSliceHoldsForLongIsReplacedUntilItComesBack() throws Exception {
        CarrierGroup.Size two = new CarrierGroup.Size(2, 8, Long.MAX_VALUE);
        CountDownLatch go = new CountDownLatch(1);
        try (CarrierGroup group = new CarrierGroup("c", two, mailbox -> {}).watched()) {
            CountDownLatch inside = new CountDownLatch(1);
            mailbox(group).offer(() -> {
                inside.countDown();
                try {
                    go.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            assertTrue(inside.await(10, TimeUnit.SECONDS));
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> group.liveCarriers() == 3);
            go.countDown();
            SerialMailbox other = mailbox(group);
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
                other.offer(() -> {});
                return group.liveCarriers() == 2;
            });
        } finally {
            go.countDown();
        }
    }

    private static SerialMailbox mailbox(CarrierGroup group) {
        return new SerialMailbox(group, new MailboxLimits(10, 100), 100_000);
    }
}
