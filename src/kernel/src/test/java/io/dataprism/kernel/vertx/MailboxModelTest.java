package io.dataprism.kernel.vertx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.kernel.testing.Orders;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A mailbox under many orders of its threads' steps, tried out one by one: what happens once in a million elsewhere is found here each
 * time, and shown step by step. Tries more orders with {@code -Dmodel.orders=…}.
 */
class MailboxModelTest {
    private static final int ORDERS = Integer.getInteger("model.orders", 150);

    /** One thread that runs whatever was announced. */
    private static final class OneCarrier implements SliceScheduler {
        private final AtomicInteger announced = new AtomicInteger();

        /** Its many calls look like a loop without an end here. */
        @Override
        public void requireRoom() {}

        @Override
        public void ready(SerialMailbox mailbox) {
            announced.incrementAndGet();
        }

        @Override
        public void again(SerialMailbox mailbox) {
            announced.incrementAndGet();
        }

        void runWhatIsReady(SerialMailbox mailbox) {
            while (announced.get() > 0) {
                assertEquals(1, announced.getAndDecrement(), "announced twice: two slices could run at once");
                mailbox.runSlice();
            }
        }
    }

    /** What became of one sender's entries. */
    private static final class Sender {
        private final SerialMailbox mailbox;
        private final List<Integer> ran = new ArrayList<>();
        private final AtomicInteger ended = new AtomicInteger();
        private int taken;

        Sender(SerialMailbox mailbox) {
            this.mailbox = mailbox;
        }

        void offer(int number, OverflowLane lane) {
            Mailbox.Answer answer = mailbox.offer(new Numbered(number), lane);
            taken += answer == Mailbox.Answer.TAKEN || answer == Mailbox.Answer.HELD ? 1 : 0;
        }

        void reply(int number) {
            taken += mailbox.pushInOrder(new Numbered(number)) ? 1 : 0;
        }

        void eachEndedOnce() {
            assertEquals(taken, ended.get(), "each that was taken has one end");
            for (int i = 1; i < ran.size(); i++) {
                assertTrue(ran.get(i - 1) < ran.get(i), "ran as " + ran);
            }
        }

        private final class Numbered extends MailboxEntry {
            private final int number;

            Numbered(int number) {
                this.number = number;
            }

            @Override
            protected void run() {
                ran.add(number);
                ended.incrementAndGet();
            }

            @Override
            protected void dropped() {
                ended.incrementAndGet();
            }

            @Override
            protected void discarded() {
                ended.incrementAndGet();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(OverflowLane.Choice.class)
    void aFullMailboxKeepsASendersOrderAndLosesNone(OverflowLane.Choice choice) {
        Orders.run(ORDERS, () -> {
            OneCarrier carrier = new OneCarrier();
            SerialMailbox mailbox = new SerialMailbox(carrier, new MailboxLimits(1, 100), 1);
            Sender sender = new Sender(mailbox);
            OverflowLane lane = new OverflowLane(choice, 2);
            Thread sending = new Thread(() -> {
                sender.offer(0, lane);
                sender.offer(1, lane);
                sender.offer(2, lane);
            });
            sending.start();
            carrier.runWhatIsReady(mailbox);
            join(sending);
            carrier.runWhatIsReady(mailbox);
            sender.eachEndedOnce();
            assertEquals(0, mailbox.waiting());
        });
    }

    @Test
    void whatFitsIsNeverRefused() {
        Orders.run(ORDERS, () -> {
            OneCarrier carrier = new OneCarrier();
            SerialMailbox mailbox = new SerialMailbox(carrier, new MailboxLimits(2, 100), 1);
            Sender sender = new Sender(mailbox);
            Thread sending = new Thread(() -> {
                sender.offer(0, null);
                sender.offer(1, null);
            });
            sending.start();
            carrier.runWhatIsReady(mailbox);
            join(sending);
            carrier.runWhatIsReady(mailbox);
            assertEquals(2, sender.taken, "of two messages where two find room");
        });
    }

    @Test
    void repliesStandInTheSameOrderAndTwoSendersDoNotMeet() {
        Orders.run(ORDERS, () -> {
            OneCarrier carrier = new OneCarrier();
            SerialMailbox mailbox = new SerialMailbox(carrier, new MailboxLimits(1, 100), 1);
            Sender one = new Sender(mailbox);
            Sender two = new Sender(mailbox);
            OverflowLane lane = new OverflowLane(OverflowLane.Choice.HOLD, 2);
            Thread sending = new Thread(() -> {
                one.offer(0, lane);
                one.reply(1);
                one.offer(2, lane);
            });
            Thread also = new Thread(() -> {
                two.offer(0, lane);
                two.reply(1);
            });
            sending.start();
            also.start();
            carrier.runWhatIsReady(mailbox);
            join(sending);
            join(also);
            carrier.runWhatIsReady(mailbox);
            one.eachEndedOnce();
            two.eachEndedOnce();
            assertEquals(0, mailbox.waiting());
        });
    }

    @Test
    void closingTellsEachEntryOnce() {
        Orders.run(ORDERS, () -> {
            OneCarrier carrier = new OneCarrier();
            SerialMailbox mailbox = new SerialMailbox(carrier, new MailboxLimits(1, 100), 1);
            Sender sender = new Sender(mailbox);
            OverflowLane lane = new OverflowLane(OverflowLane.Choice.HOLD, 2);
            Thread sending = new Thread(() -> {
                sender.offer(0, lane);
                sender.offer(1, lane);
                sender.reply(2);
            });
            Thread closing = new Thread(mailbox::close);
            sending.start();
            closing.start();
            carrier.runWhatIsReady(mailbox);
            join(sending);
            join(closing);
            carrier.runWhatIsReady(mailbox);
            sender.eachEndedOnce();
        });
    }

    static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
