package io.dataprism.kernel.context;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.database.DatabaseDrivers;
import io.dataprism.kernel.messaging.Messaging;
import io.dataprism.kernel.messaging.MessagingOptions;
import io.dataprism.kernel.permission.GrantStore;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.permission.PermissionGate;
import io.dataprism.kernel.resource.CountLimits;
import io.dataprism.kernel.resource.Countable;
import io.dataprism.kernel.resource.MemoryAccounts;
import io.dataprism.kernel.resource.Tally;
import io.dataprism.kernel.storage.PluginStorages;
import io.dataprism.kernel.storage.StorageLimits;
import io.dataprism.kernel.vertx.CarrierOptions;
import io.dataprism.kernel.vertx.PluginDeployer;
import io.dataprism.kernel.vertx.PluginDeployment;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One plugin's context on a real Vertx, for tests. */
final class ContextFixture implements AutoCloseable {
    static final int MOST_TIMERS = 1000;
    static final long MOST_WRITTEN = 1 << 20;
    static final StorageLimits STORAGE = new StorageLimits(20_000, 100);

    final Vertx vertx = Vertx.vertx();
    final PluginDeployer deployer = PluginDeployer.on(vertx, CarrierOptions.defaults());
    final GrantStore grants = new GrantStore();
    final PermissionGate gate = new PermissionGate(grants);
    final Messaging messaging = Messaging.on(vertx, new MessagingOptions("", "n1"), gate, (who, where, failure) -> {});
    final TaskBoard board = new TaskBoard();
    final MetricsBoard metrics = new MetricsBoard();
    final MemoryAccounts accounts = new MemoryAccounts(64 * 1024, 256 << 20);
    final PluginId id = new PluginId("p");
    final ExecutorService storing = Executors.newFixedThreadPool(2);
    final PluginStorages storages;
    final PluginDeployment deployment;
    final PluginRuntime runtime;
    final KernelPluginContext context;
    final Path workFolder;

    /** @param folder where its work folder is made */
    ContextFixture(Path folder) throws Exception {
        deployment = await(deployer.deploy(id, new VerticleBase() {}, new DeploymentOptions()));
        storages = new PluginStorages(folder.resolve(".storage"), storing);
        runtime = new PluginRuntime(
                id,
                "1.2.3",
                "n1",
                new JsonObject().put("deep", new JsonObject().put("x", 1)),
                messaging.open(id, deployment, Set.of()),
                deployment,
                gate,
                accounts.open(id),
                board,
                metrics,
                () -> Optional.of(new PluginId("tables")),
                new DatabaseDrivers(List.of()),
                Tally.of(CountLimits.NONE.with(Countable.TIMERS, MOST_TIMERS)),
                MOST_WRITTEN,
                new WorkFolder(id, folder, path -> () -> {}),
                () -> storages.lend(id, "a", STORAGE),
                never -> {});
        context = new KernelPluginContext(runtime);
        workFolder = runtime.workFolder().made();
    }

    void may(String... permissions) {
        List<Permission> wanted = new ArrayList<>();
        for (String permission : permissions) {
            wanted.add(Permission.parse(permission));
        }
        grants.requests(id, wanted);
        wanted.forEach(permission -> grants.grant(Caller.plugin(id), permission, "test", ""));
    }

    <T> T run(Supplier<Future<T>> work) throws Exception {
        return await(Future.future(promise -> deployment.context().runOnContext(go -> {
            try {
                work.get().onComplete(promise);
            } catch (Throwable thrown) {
                promise.fail(thrown);
            }
        })));
    }

    static <T> T await(Future<T> future) throws Exception {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof Exception cause ? cause : failed;
        }
    }

    @Override
    public void close() throws Exception {
        await(messaging.close());
        await(vertx.close());
        deployer.close();
        storages.close();
        storing.shutdown();
    }
}
