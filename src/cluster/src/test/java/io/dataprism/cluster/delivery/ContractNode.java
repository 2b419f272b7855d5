package io.dataprism.cluster.delivery;

import io.dataprism.api.Caller;
import io.dataprism.api.Capabilities;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.contract.PluginContracts;
import io.dataprism.kernel.messaging.Activator;
import io.dataprism.kernel.messaging.Messaging;
import io.dataprism.kernel.messaging.MessagingOptions;
import io.dataprism.kernel.messaging.PluginEndpoint;
import io.dataprism.kernel.permission.GrantStore;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.permission.PermissionGate;
import io.dataprism.kernel.vertx.CarrierOptions;
import io.dataprism.kernel.vertx.MailboxLimits;
import io.dataprism.kernel.vertx.PluginDeployer;
import io.dataprism.kernel.vertx.PluginDeployment;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A node's messaging with small mailboxes, on a Vertx of whoever made it. */
final class ContractNode implements AutoCloseable {
    /** What a mailbox takes. */
    static final int ROOM = 100;

    final Vertx vertx;
    final GrantStore grants = new GrantStore();
    final Messaging messaging;
    private final PluginDeployer deployer;
    private final List<PluginDeployment> deployments = new ArrayList<>();

    ContractNode(String name, Vertx vertx) {
        this(name, vertx, "");
    }

    ContractNode(String name, Vertx vertx, String prefix) {
        this.vertx = vertx;
        this.deployer = PluginDeployer.on(
                vertx, new CarrierOptions(2, 8, 4, Duration.ofNanos(100_000), new MailboxLimits(ROOM, 1 << 20)));
        this.messaging = Messaging.on(
                vertx, new MessagingOptions(prefix, name, ROOM), new PermissionGate(grants), (who, where, failure) -> {
                    throw failure;
                });
        messaging.activator(Activator.none());
    }

    /** A plugin on this node. */
    record Plugin(PluginEndpoint endpoint, PluginDeployment deployment) {

        /** Do {@code work} in a slice. */
        <T> Future<T> run(Supplier<Future<T>> work) {
            return Future.future(promise -> deployment.context().runOnContext(go -> {
                try {
                    work.get().onComplete(promise);
                } catch (Throwable thrown) {
                    promise.fail(thrown);
                }
            }));
        }
    }

    Plugin plugin(String name, Capabilities capabilities, String... permissions) {
        PluginId id = new PluginId(name);
        grant(Caller.plugin(id), permissions);
        PluginDeployment deployment = await(deployer.deploy(id, new VerticleBase() {}, new DeploymentOptions()));
        PluginEndpoint endpoint = messaging.open(id, deployment, capabilities.names(), PluginContracts.none());
        endpoint.serve(capabilities);
        deployments.add(deployment);
        return new Plugin(endpoint, deployment);
    }

    /** {@code plugin} asks for this and gets it; nothing else counts. */
    void grant(Caller plugin, String... permissions) {
        List<Permission> wanted = new ArrayList<>();
        for (String permission : permissions) {
            wanted.add(Permission.parse(permission));
        }
        grants.requests(new PluginId(plugin.name()), wanted);
        wanted.forEach(permission -> grants.grant(plugin, permission, "test", ""));
    }

    /** Hold {@code context} up until what is returned is run. */
    static Runnable block(Context context) throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        context.runOnContext(go -> {
            inside.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        inside.await();
        return release::countDown;
    }

    static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        await(messaging.close());
        deployments.forEach(deployment -> await(deployment.undeploy()));
        deployer.close();
    }
}
