package io.dataprism.kernel.vertx;

import static io.dataprism.kernel.vertx.Deployed.await;
import static io.dataprism.kernel.vertx.Deployed.inSlice;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class StuckPluginTest {

    @Test
    void pluginsThatHoldAllCarriersDoNotStopOthers() throws Exception {
        try (Deployed node = new Deployed(Vertx.vertx(), PluginDeployerTest.oneCarrier())) {
            CountDownLatch release = new CountDownLatch(1);
            for (int i = 0; i < 5; i++) {
                node.deploy("stuck-" + i).mailbox().offer(() -> await(release));
            }
            PluginDeployment quick = node.deploy("quick");
            assertEquals("here", inSlice(quick, () -> Future.succeededFuture("here")));
            release.countDown();
        }
    }

    @Test
    void anAbandonedPluginIsInterruptedAndItsUndeploymentEnds() throws Exception {
        try (Deployed node = new Deployed(Vertx.vertx(), PluginDeployerTest.oneCarrier())) {
            PluginDeployment stuck = node.deploy("stuck");
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch interrupted = new CountDownLatch(1);
            AtomicBoolean ranAfter = new AtomicBoolean();
            stuck.mailbox().offer(() -> {
                inside.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
            });
            stuck.mailbox().offer(() -> ranAfter.set(true));
            assertTrue(inside.await(10, TimeUnit.SECONDS));
            assertTrue(stuck.mailbox().sliceStartedNanos().isPresent());
            assertTrue(stuck.mailbox().runningOn().isPresent());
            Future<Void> undeployed = stuck.undeploy();
            node.deployer.abandon(stuck.mailbox());
            await(undeployed);
            assertTrue(interrupted.await(10, TimeUnit.SECONDS));
            PluginDeployment next = node.deploy("next");
            assertEquals("here", inSlice(next, () -> Future.succeededFuture("here")));
            assertFalse(ranAfter.get());
            assertFalse(node.vertx.deploymentIDs().contains(stuck.deploymentId()));
        }
    }

    @Test
    void blockingWorkThatIgnoresTheEndOfItsPluginTakesNoThreadFromOthers() throws Exception {
        CarrierOptions twoThreads = new CarrierOptions(1, 2, 2, Duration.ofNanos(100_000), MailboxLimits.DEFAULT);
        CountDownLatch release = new CountDownLatch(1);
        try (Deployed node = new Deployed(Vertx.vertx(), twoThreads)) {
            for (int round = 0; round < 3; round++) {
                PluginDeployment deaf = node.deploy("deaf" + round);
                CountDownLatch inside = new CountDownLatch(2);
                for (int i = 0; i < 2; i++) {
                    deaf.blocking(() -> {
                        inside.countDown();
                        while (release.getCount() > 0) {
                            Thread.onSpinWait();
                        }
                        return null;
                    });
                }
                assertTrue(inside.await(10, TimeUnit.SECONDS));
                await(deaf.undeploy());
            }
            PluginDeployment other = node.deploy("other");
            assertEquals("done", await(other.blocking(() -> "done")));
            release.countDown();
            assertEquals("done", await(other.blocking(() -> "done")));
        } finally {
            release.countDown();
        }
    }

    @Test
    void oneStuckBlockingTaskLeavesRoomForOthers() throws Exception {
        try (Deployed node = new Deployed(Vertx.vertx(), PluginDeployerTest.oneCarrier())) {
            PluginDeployment greedy = node.deploy("greedy");
            CountDownLatch release = new CountDownLatch(1);
            for (int i = 0; i < 20; i++) {
                greedy.blocking(() -> {
                    release.await();
                    return null;
                });
            }
            PluginDeployment modest = node.deploy("modest");
            assertEquals("done", await(modest.blocking(() -> "done")));
            release.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return Deployed.await(future);
    }
}
