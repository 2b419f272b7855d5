package io.dataprism.kernel.vertx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;

/** A small mailbox under several senders: each sender's entries run in its order, and each is run, dropped or refused once. */
class OverflowOrderTest {
    private static final int SENDERS = 3;
    private static final int EACH = 20_000;

    @RepeatedTest(20)
    void eachSendersEntriesRunInItsOrderAndNoneIsLostSilently() throws Exception {
        try (Deployed node = new Deployed(Vertx.vertx(), PluginDeployerTest.oneCarrier())) {
            SerialMailbox mailbox = (SerialMailbox) node.deploy("p").mailbox();
            Map<Integer, Integer> last = new HashMap<>();
            List<String> wrong = new ArrayList<>();
            AtomicInteger ran = new AtomicInteger();
            AtomicInteger dropped = new AtomicInteger();
            AtomicInteger refused = new AtomicInteger();
            AtomicInteger admitted = new AtomicInteger();
            AtomicInteger held = new AtomicInteger();
            List<Thread> senders = new ArrayList<>();
            for (int s = 0; s < SENDERS; s++) {
                int sender = s;
                OverflowLane[] lanes = {
                    null,
                    new OverflowLane(OverflowLane.Choice.HOLD, 50),
                    new OverflowLane(OverflowLane.Choice.LATEST, 1),
                    new OverflowLane(OverflowLane.Choice.OLDEST, 5)
                };
                Thread thread = new Thread(() -> {
                    Random random = new Random(sender);
                    for (int i = 0; i < EACH; i++) {
                        int number = i;
                        boolean ordered = random.nextInt(10) == 0;
                        MailboxEntry entry = new MailboxEntry() {
                            @Override
                            protected void run() {
                                // Only in slices, one after the other.
                                Integer before = last.put(sender, number);
                                if (before != null && before >= number) {
                                    wrong.add(sender + ": " + number + " after " + before);
                                }
                                ran.incrementAndGet();
                            }

                            @Override
                            protected void dropped() {
                                dropped.incrementAndGet();
                            }

                            @Override
                            protected void admitted() {
                                admitted.incrementAndGet();
                            }
                        };
                        if (ordered) {
                            assertTrue(mailbox.pushInOrder(entry));
                            continue;
                        }
                        switch (mailbox.offer(entry, lanes[random.nextInt(lanes.length)])) {
                            case FULL -> refused.incrementAndGet();
                            case HELD -> held.incrementAndGet();
                            default -> {}
                        }
                    }
                });
                senders.add(thread);
                thread.start();
            }
            for (Thread sender : senders) {
                sender.join();
            }
            long end = System.nanoTime() + 20_000_000_000L;
            while (ran.get() + dropped.get() + refused.get() < SENDERS * EACH && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertEquals(SENDERS * EACH, ran.get() + dropped.get() + refused.get());
            assertEquals(List.of(), wrong);
            assertTrue(held.get() > 0 && dropped.get() > 0, held + " held, " + dropped + " dropped");
            assertTrue(admitted.get() >= held.get());
            assertEquals(0, mailbox.waiting());
            assertEquals(0, mailbox.waitingBytes());
        }
    }
}
