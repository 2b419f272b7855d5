package io.dataprism.kernel.vertx;

import io.dataprism.kernel.testing.Orders;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/**
 * Carriers under many orders of their steps, without the watch that would come to the rescue of a lost wake-up: nothing that is ready
 * is left lying while a carrier sleeps. A wake-up that gets lost ends as a deadlock, which is shown step by step. Tries more orders with
 * {@code -Dmodel.orders=…}.
 */
class CarrierModelTest {
    private static final int ORDERS = Integer.getInteger("model.orders", 25);
    private static final long FOREVER = Long.MAX_VALUE;

    /** What the model's threads wait on: a monitor, which the model knows to block. */
    private static final class Lot implements Parking {
        private final Set<Thread> woken = new HashSet<>();
        private BooleanSupplier work = () -> false;
        private long changes;
        private long time;

        @Override
        public synchronized void park(Thread self) {
            while (!woken.remove(self)) {
                pause();
            }
        }

        /** A look around after a while: whenever that is, it sees what is ready then. */
        @Override
        public synchronized void park(Thread self, long nanos) {
            while (!woken.remove(self) && !work.getAsBoolean()) {
                pause();
            }
            // Long enough for what waits to have waited for long.
            time += 1_000_000;
        }

        @Override
        public synchronized void unpark(Thread thread) {
            woken.add(thread);
            notifyAll();
        }

        @Override
        public synchronized long now() {
            return time;
        }

        synchronized void timePasses() {
            changes++;
            notifyAll();
        }

        private void pause() {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** So many things that are to happen. */
    private static final class Count {
        private int left;

        Count(int left) {
            this.left = left;
        }

        synchronized void down() {
            left--;
            notifyAll();
        }

        synchronized void await() {
            while (left > 0) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    // Code that does not care.
                }
            }
        }
    }

    /** Carriers, and mailboxes on them. */
    private static final class Model implements SliceScheduler {
        private final Lot lot = new Lot();
        private final CarrierGroup group;

        Model(int carriers) {
            group = new CarrierGroup("c", new CarrierGroup.Size(carriers, carriers, FOREVER), mailbox -> {}, lot);
            lot.work = group::hasWork;
        }

        SerialMailbox mailbox() {
            return new SerialMailbox(this, new MailboxLimits(10, 100), 1);
        }

        /** Its many calls look like a loop without an end here. */
        @Override
        public void requireRoom() {}

        @Override
        public void ready(SerialMailbox mailbox) {
            group.ready(mailbox);
            lot.timePasses();
        }

        @Override
        public void again(SerialMailbox mailbox) {
            group.again(mailbox);
            lot.timePasses();
        }
    }

    @Test
    void whatASliceMakesReadyRunsWhileTheSliceWaitsForIt() {
        Orders.run(ORDERS, () -> {
            Model model = new Model(2);
            Count second = new Count(1);
            Count first = new Count(1);
            SerialMailbox one = model.mailbox();
            SerialMailbox two = model.mailbox();
            one.offer(() -> {
                two.offer(second::down);
                second.await();
                first.down();
            });
            first.await();
            model.group.close();
        });
    }

    /** What lies at a carrier whose slice ended, and whose next one waits, which itself makes nothing ready. */
    @Test
    void whatWaitsAtACarrierRunsWhileTheNextSliceThereWaitsForIt() {
        Orders.run(ORDERS, () -> {
            Model model = new Model(2);
            Count last = new Count(1);
            Count done = new Count(1);
            SerialMailbox one = model.mailbox();
            SerialMailbox two = model.mailbox();
            SerialMailbox three = model.mailbox();
            one.offer(() -> {
                two.offer(() -> {
                    last.await();
                    done.down();
                });
                three.offer(last::down);
            });
            done.await();
            model.group.close();
        });
    }

    @Test
    void asManySlicesWaitAsLeaveOneCarrierToEndTheirWaiting() {
        Orders.run(ORDERS, () -> {
            Model model = new Model(3);
            Count release = new Count(1);
            Count released = new Count(2);
            Runnable waits = () -> {
                release.await();
                released.down();
            };
            model.mailbox().offer(waits);
            model.mailbox().offer(waits);
            model.mailbox().offer(release::down);
            released.await();
            model.group.close();
        });
    }

    @Test
    void replacingCarriersLosesNoWork() {
        Orders.run(ORDERS, () -> {
            Model model = new Model(1);
            Count ran = new Count(2);
            SerialMailbox mailbox = model.mailbox();
            Thread renewing = new Thread(model.group::renew);
            renewing.start();
            mailbox.offer(ran::down);
            mailbox.offer(ran::down);
            ran.await();
            MailboxModelTest.join(renewing);
            model.group.close();
        });
    }

    @Test
    void whatAStuckSliceMakesReadyAfterItWasGivenUpRuns() {
        Orders.run(ORDERS, () -> {
            Model model = new Model(1);
            Count inside = new Count(1);
            Count givenUp = new Count(1);
            Count ran = new Count(2);
            SerialMailbox stuck = model.mailbox();
            SerialMailbox one = model.mailbox();
            SerialMailbox two = model.mailbox();
            stuck.offer(() -> {
                one.offer(ran::down);
                inside.down();
                givenUp.await();
                // Nobody counts its slice any more, so nobody looks around because of it.
                two.offer(ran::down);
                ran.await();
            });
            inside.await();
            model.group.abandon(stuck);
            givenUp.down();
            ran.await();
            model.group.close();
        });
    }
}
