package io.dataprism.kernel.vertx;

import static io.dataprism.kernel.vertx.Deployed.await;
import static io.dataprism.kernel.vertx.Deployed.inSlice;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One test for each behaviour of Vert.x's internals that a plugin's context relies on. */
class PluginDeployerTest {
    private final Deployed node = new Deployed();

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    @Test
    void startsInASliceOfItsOwnContext() throws Exception {
        AtomicReference<Thread> thread = new AtomicReference<>();
        AtomicReference<Context> current = new AtomicReference<>();
        PluginDeployment plugin = node.deploy("p", new VerticleBase() {
            @Override
            public Future<?> start() {
                thread.set(Thread.currentThread());
                current.set(Vertx.currentContext());
                return Future.succeededFuture();
            }
        });
        assertInstanceOf(Carrier.class, thread.get());
        assertSame(plugin.context(), current.get());
        assertTrue(plugin.context().isWorkerContext());
        assertFalse(plugin.context().isEventLoopContext());
        assertEquals(ThreadingModel.WORKER, plugin.context().threadingModel());
        assertEquals("p", plugin.context().config().getString("of"));
    }

    @Test
    void setsTheClassLoaderInSlicesAndTakesItAwayAfter() throws Exception {
        URLClassLoader loader = new URLClassLoader(new URL[0], getClass().getClassLoader());
        PluginDeployment plugin =
                node.deploy("p", new VerticleBase() {}, new DeploymentOptions().setClassLoader(loader));
        AtomicReference<Thread> carrier = new AtomicReference<>();
        ClassLoader seen = inSlice(plugin, () -> {
            carrier.set(Thread.currentThread());
            return Future.succeededFuture(Thread.currentThread().getContextClassLoader());
        });
        assertSame(loader, seen);
        ClassLoader inBlocking =
                await(plugin.blocking(() -> Thread.currentThread().getContextClassLoader()));
        assertSame(loader, inBlocking);
        PluginDeployment other = node.deploy("q");
        assertFalse(inSlice(
                        other,
                        () -> Future.succeededFuture(Thread.currentThread().getContextClassLoader()))
                == loader);
        loader.close();
    }

    @Test
    void aPriorityAndAnInterruptOfOnePluginDoNotMeetTheNext() throws Exception {
        try (Deployed one = new Deployed(Vertx.vertx(), oneCarrier())) {
            PluginDeployment rude = one.deploy("rude");
            PluginDeployment next = one.deploy("next");
            rude.context().runOnContext(go -> {
                Thread.currentThread().setPriority(Thread.MIN_PRIORITY);
                Thread.currentThread().setContextClassLoader(null);
                Thread.currentThread().interrupt();
            });
            assertFalse(inSlice(
                    next, () -> Future.succeededFuture(Thread.currentThread().isInterrupted())));
            assertEquals(
                    Thread.NORM_PRIORITY,
                    inSlice(
                            next,
                            () -> Future.succeededFuture(Thread.currentThread().getPriority())));
        }
    }

    @Test
    void bothKindsOfExecuteBlockingRunOnTheLaneAndAnswerInASlice() throws Exception {
        PluginDeployment plugin = node.deploy("p");
        for (boolean ordered : new boolean[] {true, false}) {
            AtomicReference<String> lane = new AtomicReference<>();
            boolean answered = inSlice(
                    plugin,
                    () -> node.vertx
                            .executeBlocking(
                                    () -> {
                                        lane.set(Thread.currentThread().getName());
                                        return Vertx.currentContext() == plugin.context();
                                    },
                                    ordered)
                            .map(rightContext ->
                                    rightContext && plugin.mailbox().inSlice()));
            assertTrue(answered);
            assertTrue(lane.get().startsWith("dataprism-blocking-"), lane.get());
        }
    }

    @Test
    void futuresOfTheContextCompleteInASliceWhoeverCompletesThem() throws Exception {
        PluginDeployment plugin = node.deploy("p");
        Promise<String> promise = plugin.promise();
        Future<Boolean> inSlice = promise.future().map(value -> plugin.mailbox().inSlice());
        Thread outside = new Thread(() -> promise.complete("done"));
        outside.start();
        assertEquals(true, await(inSlice));
        assertEquals(
                true, await(plugin.succeeded("x").map(value -> plugin.mailbox().inSlice())));
    }

    @Test
    void busConsumersAndFileCompletionsRunInSlices() throws Exception {
        PluginDeployment plugin = node.deploy("p");
        Promise<Boolean> heard = Promise.promise();
        inSlice(
                plugin,
                () -> node.vertx
                        .eventBus()
                        .consumer(
                                "there",
                                message -> heard.complete(plugin.mailbox().inSlice()))
                        .completion());
        node.vertx.eventBus().send("there", "hello");
        assertEquals(true, await(heard.future()));
        assertEquals(
                true,
                inSlice(
                        plugin,
                        () -> node.vertx
                                .fileSystem()
                                .exists("/")
                                .map(is -> plugin.mailbox().inSlice())));
    }

    @Test
    void undeployingTakesConsumersAway() throws Exception {
        PluginDeployment plugin = node.deploy("p");
        inSlice(
                plugin,
                () -> node.vertx
                        .eventBus()
                        .consumer("there", message -> message.reply("yes"))
                        .completion());
        assertEquals("yes", await(node.vertx.eventBus().request("there", "?")).body());
        await(plugin.undeploy());
        assertThrows(ExecutionException.class, () -> await(node.vertx.eventBus().request("there", "?")));
        await(plugin.undeploy());
    }

    @Test
    void neverRunsTwoSlicesAtOnceAndKeepsTheOrder() throws Exception {
        PluginDeployment plugin = node.deploy("p");
        int senders = 4;
        int each = 2_000;
        List<List<Integer>> got = new ArrayList<>();
        for (int i = 0; i < senders; i++) {
            got.add(new ArrayList<>());
        }
        AtomicInteger inside = new AtomicInteger();
        AtomicBoolean overlap = new AtomicBoolean();
        CountDownLatch all = new CountDownLatch(senders * each);
        for (int s = 0; s < senders; s++) {
            int sender = s;
            new Thread(() -> {
                        for (int i = 0; i < each; i++) {
                            int number = i;
                            plugin.context().runOnContext(go -> {
                                overlap.compareAndSet(false, inside.incrementAndGet() != 1);
                                got.get(sender).add(number);
                                inside.decrementAndGet();
                                all.countDown();
                            });
                        }
                    })
                    .start();
        }
        assertTrue(all.await(20, TimeUnit.SECONDS));
        assertFalse(overlap.get());
        for (List<Integer> numbers : got) {
            for (int i = 0; i < each; i++) {
                assertEquals(i, numbers.get(i));
            }
        }
    }

    @Test
    void worksOnAHostsVertxWithOptionsOfItsOwnAndOnAWrappedOne() throws Exception {
        Vertx host = Vertx.builder()
                .with(new VertxOptions()
                        .setEventLoopPoolSize(1)
                        .setWorkerPoolSize(1)
                        .setDisableTCCL(true))
                .build();
        Vertx wrapped = new VertxWrapper((VertxInternal) host) {};
        try (Deployed hosted = new Deployed(wrapped, oneCarrier())) {
            PluginDeployment plugin = hosted.deploy("p");
            assertTrue(host.deploymentIDs().contains(plugin.deploymentId()));
            assertTrue(inSlice(
                    plugin, () -> Future.succeededFuture(plugin.mailbox().inSlice())));
        }
    }

    static CarrierOptions oneCarrier() {
        CarrierOptions usual = CarrierOptions.defaults();
        return new CarrierOptions(1, 4, 2, usual.quantum(), new MailboxLimits(100, 1 << 20));
    }
}
