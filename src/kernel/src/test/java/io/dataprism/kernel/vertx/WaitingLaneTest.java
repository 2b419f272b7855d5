package io.dataprism.kernel.vertx;

import static io.dataprism.kernel.vertx.Deployed.inSlice;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginId;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Plugins that wait are kept from the carriers. */
class WaitingLaneTest {
    private static final int CAP = 3;
    private static final Supplier<Future<String>> WHERE =
            () -> Future.succeededFuture(Thread.currentThread().getName());

    private final Deployed node =
            new Deployed(Vertx.vertx(), PluginDeployerTest.oneCarrier().withWaitingThreads(CAP));

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    private PluginDeployment waiting(String id) throws Exception {
        return Deployed.await(node.deployer.deploy(
                new PluginId(id),
                new VerticleBase() {},
                new DeploymentOptions(),
                node.deployer.mailboxLimits(),
                SlicePlace.WAITING_LANE,
                SliceHook.NONE));
    }

    @Test
    void whoIsFoundWaitingAgainAndAgainGetsAThreadApart() throws Exception {
        PluginDeployment plugin = node.deploy("p");
        PluginDeployment working = node.deploy("works");
        int turns = 0;
        while (inSlice(plugin, WHERE).startsWith("dataprism-carrier-")) {
            assertTrue(turns++ < 50, "still on a carrier after " + turns + " slices that waited");
            inSlice(plugin, () -> {
                pause(plugin);
                return Future.succeededFuture();
            });
            // Busy for longer than anybody may wait, which is no waiting.
            inSlice(working, () -> {
                long end = System.nanoTime() + 60_000_000;
                while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
                return Future.succeededFuture();
            });
        }
        assertTrue(turns >= 3, turns + " turns");
        assertTrue(inSlice(plugin, WHERE).startsWith("dataprism-waiting-"));
        assertTrue(inSlice(working, WHERE).startsWith("dataprism-carrier-"));
    }

    /** Wait as a plugin would, for an answer that comes after some time. */
    private void pause(PluginDeployment plugin) {
        CountDownLatch answer = new CountDownLatch(1);
        plugin.clock().schedule(answer::countDown, 100, TimeUnit.MILLISECONDS);
        waitFor(answer);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void asManyWaitAtOnceAsTheLaneMayHaveThreadsAndTheCarriersStayFree() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger inside = new AtomicInteger();
        CountDownLatch capped = new CountDownLatch(CAP);
        CountDownLatch done = new CountDownLatch(3 * CAP);
        List<PluginDeployment> all = new ArrayList<>();
        for (int i = 0; i < 3 * CAP; i++) {
            PluginDeployment plugin = waiting("waits-" + i);
            all.add(plugin);
        }
        for (PluginDeployment plugin : all) {
            plugin.execute(() -> {
                inside.incrementAndGet();
                capped.countDown();
                waitFor(release);
                done.countDown();
            });
        }
        assertTrue(capped.await(20, TimeUnit.SECONDS));
        PluginDeployment other = node.deploy("other");
        for (int i = 0; i < 100; i++) {
            assertTrue(inSlice(other, WHERE).startsWith("dataprism-carrier-"));
        }
        assertEquals(CAP, inside.get());
        other.execute(release::countDown);
        assertTrue(done.await(20, TimeUnit.SECONDS));
    }

    @Test
    void oneThatIsStuckInTheLaneIsGivenUpAndTheLaneGoesOn() throws Exception {
        List<PluginDeployment> stuck = new ArrayList<>();
        CountDownLatch inside = new CountDownLatch(CAP);
        CountDownLatch end = new CountDownLatch(1);
        for (int i = 0; i < CAP; i++) {
            PluginDeployment plugin = waiting("stuck-" + i);
            stuck.add(plugin);
            plugin.execute(() -> {
                inside.countDown();
                while (end.getCount() > 0) {
                    waitFor(end);
                    Thread.interrupted();
                }
            });
        }
        assertTrue(inside.await(20, TimeUnit.SECONDS));
        stuck.forEach(plugin -> node.deployer.abandon(plugin.mailbox()));
        assertTrue(inSlice(waiting("next"), WHERE).startsWith("dataprism-waiting-"));
        end.countDown();
    }
}
