package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.context.MetricsBoard;
import io.dataprism.kernel.context.TaskBoard;
import io.dataprism.kernel.database.DatabaseDrivers;
import io.dataprism.kernel.messaging.Messaging;
import io.dataprism.kernel.messaging.MessagingOptions;
import io.dataprism.kernel.permission.GrantStore;
import io.dataprism.kernel.permission.PermissionGate;
import io.dataprism.kernel.process.ChildProcesses;
import io.dataprism.kernel.process.wall.Enclosure;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.registry.PluginRegistry;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.registry.RegistryOptions;
import io.dataprism.kernel.resource.CountLimits;
import io.dataprism.kernel.resource.MemoryAccounts;
import io.dataprism.kernel.resource.Resources;
import io.dataprism.kernel.storage.PluginStorages;
import io.dataprism.kernel.storage.StorageLimits;
import io.dataprism.kernel.testing.PluginJar;
import io.dataprism.kernel.vertx.CarrierOptions;
import io.dataprism.kernel.vertx.PluginDeployer;
import io.dataprism.sandbox.UnloadWatch;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot even be cut off, since it is the kernel's own work on files that does not come back. */
final class ClosingTest {
    private static final PluginId ID = new PluginId("waiting");

    @TempDir
    Path folder;

    @Test
    void whatHangsOnADiskThatDoesNotAnswerIsLeftBehindByName() throws Exception {
        Vertx vertx = Vertx.vertx();
        PermissionGate gate = new PermissionGate(new GrantStore());
        Messaging messaging =
                Messaging.on(vertx, new MessagingOptions("", "local"), gate, (plugin, where, failure) -> {});
        try (PluginDeployer deployer = PluginDeployer.on(vertx, CarrierOptions.defaults())) {
            PluginRegistry registry = PluginRegistry.open(RegistryOptions.in(folder.resolve("data")));
            registry.install(ArtifactSource.path(PluginJar.of(ID.value()).in(folder)));
            Hosting hosting = new Hosting(
                    "local",
                    deployer,
                    messaging,
                    gate,
                    new Resources(
                            new MemoryAccounts(1 << 20, 1 << 20), 1 << 20, 50, CountLimits.NONE, Duration.ofSeconds(1)),
                    1 << 20,
                    new TaskBoard(),
                    new MetricsBoard(),
                    Optional::empty,
                    new DatabaseDrivers(List.of()),
                    folder.resolve("work"),
                    new PluginStorages(folder.resolve("storage"), never -> {}),
                    new StorageLimits(1, 1),
                    never -> {},
                    StepDeadlines.DEFAULT,
                    new ChildProcesses(Enclosure.in(folder), folder),
                    record -> false,
                    new UnloadWatch(),
                    new NativeLoaders(),
                    QuarantineStore.nowhere(),
                    false);
            Lifecycle lifecycle = new Lifecycle(
                    registry, hosting, messaging.endpoint(Caller.HOST).events());
            Future<PluginInfo> loaded = lifecycle.load(ID, LoadOptions.DEFAULT);
            lifecycle.why(ID).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
            PluginException left = failure(lifecycle.close(Duration.ofMillis(100)));
            assertEquals("DP-0833", left.code());
            assertTrue(
                    left.getMessage()
                            .contains("Plugin 'waiting' 1.0.0 was left behind when the kernel closed: it was still"
                                    + " checking its configuration and opening its jars"),
                    left.getMessage());
            assertEquals("DP-0806", failure(loaded).code());
            assertEquals(PluginState.ERROR, lifecycle.plugin(ID).orElseThrow().state());
        } finally {
            messaging.close();
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    private static PluginException failure(Future<?> future) {
        ExecutionException thrown = assertThrows(
                ExecutionException.class,
                () -> future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS));
        return assertInstanceOf(PluginException.class, thrown.getCause());
    }
}
