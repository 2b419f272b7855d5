package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.registry.PluginRegistry;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.registry.RegistryOptions;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import io.dataprism.kernel.vertx.CarrierOptions;
import io.dataprism.kernel.vertx.PluginDeployer;
import io.dataprism.kernel.vertx.PluginDeployment;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Of many plugins the check looks at those that did something, without waiting for their turn among all. */
final class LookoutTest extends KernelTest {
    private static final Duration LONG = Duration.ofHours(1);

    @Override
    protected KernelOptions options() {
        return KernelOptions.DEFAULT.withIntervals(Duration.ofMillis(200), Duration.ofSeconds(5));
    }

    /** A thousand slots, the last of them of a plugin that is there. */
    private final class Crowd implements AutoCloseable {
        private final Slots slots = new Slots(PluginRegistry.open(RegistryOptions.in(folder.resolve("crowd"))));
        private final PluginDeployer deployer = PluginDeployer.on(vertx, CarrierOptions.defaults());
        private final Lookout lookout = new Lookout(slots, deployer.stirred().reader());
        private final PluginDeployment plugin;
        private final PluginSlot last;

        Crowd() throws Exception {
            for (int i = 0; i < 999; i++) {
                slots.of(new PluginId("p" + i));
            }
            last = slots.of(new PluginId("last"));
            plugin = await(deployer.deploy(last.id, new VerticleBase() {}, new DeploymentOptions()));
            // What belongs to its start is over once it has run this.
            runsASlice();
            lookout.next();
        }

        void runsASlice() throws Exception {
            Promise<Void> ran = Promise.promise();
            plugin.execute(ran::complete);
            await(ran.future());
            soon().until(() -> plugin.mailbox().runningOn().isEmpty());
        }

        @Override
        public void close() throws Exception {
            await(plugin.undeploy());
            deployer.close();
        }
    }

    @Test
    void whoStirredIsLookedAtOnce() throws Exception {
        try (Crowd crowd = new Crowd()) {
            for (int round = 0; round < 2; round++) {
                assertFalse(crowd.lookout.next().contains(crowd.last));
                crowd.runsASlice();
                Collection<PluginSlot> next = crowd.lookout.next();
                assertTrue(next.contains(crowd.last));
                assertEquals(Slots.TURN + 1, next.size());
            }
        }
    }

    @Test
    void nothingIsKeptOfWhoIsGone() throws Exception {
        try (Crowd crowd = new Crowd()) {
            crowd.lookout.again(crowd.last, LONG);
            assertEquals(1, crowd.lookout.planned());
            crowd.lookout.forget(crowd.last);
            crowd.lookout.forget(crowd.last);
            assertEquals(0, crowd.lookout.planned());
        }
    }

    @Test
    void whoIsToBeSeenAgainIsSeenWhenItIsTimeUnlessItIsForgotten() throws Exception {
        try (Crowd crowd = new Crowd()) {
            PluginSlot last = crowd.last;
            crowd.lookout.again(last, LONG);
            assertFalse(crowd.lookout.next().contains(last));
            crowd.lookout.again(last, Duration.ZERO);
            assertTrue(crowd.lookout.next().contains(last));
            assertFalse(crowd.lookout.next().contains(last), "the time before was put off");
            crowd.lookout.again(last, Duration.ZERO);
            crowd.lookout.again(last, LONG);
            assertFalse(crowd.lookout.next().contains(last));
            crowd.lookout.again(last, Duration.ZERO);
            crowd.slots.forget(last.id);
            assertFalse(crowd.lookout.next().contains(last));
        }
    }

    /** All have their turn each twelve checks; were it that alone, five times in a row would be luck. */
    @Test
    void anIdlePluginIsStoppedSoonBesideManyThatSleep() throws Exception {
        for (int i = 0; i < 1_200; i++) {
            await(kernel.install(ArtifactSource.path(sleeper(i))));
        }
        install(PluginJar.of("lazy")
                .yaml("activation: {onCapability: [work], idleStop: 100ms}")
                .capability("work", "return Future.succeededFuture(\"done\");"));
        AtomicInteger checks = new AtomicInteger();
        await(kernel.events().subscribe("kernel.check", check -> checks.incrementAndGet()));
        for (int i = 0; i < 5; i++) {
            assertEquals("done", await(kernel.<String>call("lazy", "work", null)));
            int before = checks.get();
            awaitState("lazy", PluginState.INSTALLED);
            int needed = checks.get() - before;
            assertTrue(needed <= 6, "It took " + needed + " checks.");
        }
    }

    private Path sleeper(int number) throws IOException {
        Path first = folder.resolve("sleeper-1.0.0.jar");
        if (!Files.exists(first)) {
            PluginJar.of("sleeper")
                    .yaml("activation: {onCapability: [never]}")
                    .declares("never")
                    .in(folder);
        }
        Path copy = Files.copy(first, folder.resolve("sleeper" + number + ".jar"));
        try (FileSystem jar = FileSystems.newFileSystem(copy)) {
            Path manifest = jar.getPath("plugin.yaml");
            Files.writeString(
                    manifest, Files.readString(manifest).replace("id: sleeper\n", "id: sleeper" + number + "\n"));
        }
        return copy;
    }
}
