package io.dataprism.kernel.vertx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SerialMailboxTest {

    @Test
    void refusesWhatPassesItsLimitAndSaysSo() throws Exception {
        try (Deployed node = new Deployed(Vertx.vertx(), PluginDeployerTest.oneCarrier())) {
            Mailbox mailbox = node.deploy("p").mailbox();
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            mailbox.offer(() -> {
                inside.countDown();
                hold(release);
            });
            assertTrue(inside.await(10, TimeUnit.SECONDS));
            int taken = 0;
            while (mailbox.offer(() -> {})) {
                taken++;
            }
            assertEquals(mailbox.limits().messages(), taken);
            assertEquals(mailbox.limits().messages(), mailbox.waiting());
            assertTrue(
                    mailbox.push(counting(new AtomicInteger(), new AtomicInteger())),
                    "the kernel's own steps are never refused");
            release.countDown();
        }
    }

    @Test
    void discardsWhatWaitsWhenItIsClosed() throws Exception {
        try (Deployed node = new Deployed(Vertx.vertx(), PluginDeployerTest.oneCarrier())) {
            Mailbox mailbox = node.deploy("p").mailbox();
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            CountDownLatch ended = new CountDownLatch(50);
            AtomicInteger ran = new AtomicInteger();
            mailbox.offer(() -> {
                inside.countDown();
                hold(release);
            });
            for (int i = 0; i < 50; i++) {
                mailbox.offer(new MailboxEntry() {
                    @Override
                    protected void run() {
                        ran.incrementAndGet();
                    }

                    @Override
                    protected void discarded() {
                        ended.countDown();
                    }
                });
            }
            assertTrue(inside.await(10, TimeUnit.SECONDS));
            mailbox.close();
            release.countDown();
            assertTrue(ended.await(10, TimeUnit.SECONDS));
            assertEquals(0, ran.get());
            assertFalse(mailbox.offer(() -> {}));
        }
    }

    @Test
    void anEntryThatThrowsDoesNotStopTheNext() throws Exception {
        try (Deployed node = new Deployed()) {
            PluginDeployment plugin = node.deploy("p");
            CountDownLatch reported = new CountDownLatch(1);
            plugin.context().exceptionHandler(failure -> reported.countDown());
            CountDownLatch next = new CountDownLatch(1);
            plugin.mailbox().offer(() -> {
                throw new StackOverflowError("made up");
            });
            plugin.mailbox().offer(next::countDown);
            assertTrue(next.await(10, TimeUnit.SECONDS));
            assertTrue(reported.await(10, TimeUnit.SECONDS));
        }
    }

    private static MailboxEntry counting(AtomicInteger ran, AtomicInteger discarded) {
        return new MailboxEntry() {
            @Override
            protected void run() {
                ran.incrementAndGet();
            }

            @Override
            protected void discarded() {
                discarded.incrementAndGet();
            }
        };
    }

    private static void hold(CountDownLatch release) {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
