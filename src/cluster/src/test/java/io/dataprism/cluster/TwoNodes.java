package io.dataprism.cluster;

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
import io.dataprism.kernel.vertx.BusAccess;
import io.dataprism.kernel.vertx.CarrierOptions;
import io.dataprism.kernel.vertx.MailboxLimits;
import io.dataprism.kernel.vertx.PluginDeployer;
import io.dataprism.kernel.vertx.PluginDeployment;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** The messaging of two nodes, in one JVM and over a real cluster; plugins may call everything. */
final class TwoNodes implements AutoCloseable {
    private static final AtomicInteger CLUSTERS = new AtomicInteger();
    private static final Permission CALL = Permission.parse("call");

    private final String cluster = "two-nodes-" + ProcessHandle.current().pid() + "-" + CLUSTERS.incrementAndGet();
    final Side one = new Side("one");
    final Side two = new Side("two", "127.0.0.1:" + one.node.port());

    /** One node. */
    final class Side implements AutoCloseable {
        final ClusteredNode node;
        final GrantStore grants = new GrantStore();
        final Messaging messaging;
        private final PluginDeployer deployer;
        private boolean dead;

        Side(String name, String... members) {
            node = await(ClusteredNode.start(new ClusterOptions(
                    cluster, name, "127.0.0.1", "127.0.0.1", 0, 0, List.of(members), false, Duration.ofSeconds(10))));
            deployer = PluginDeployer.on(
                    node.vertx(),
                    new CarrierOptions(2, 8, 4, Duration.ofNanos(100_000), new MailboxLimits(100, 1 << 20)));
            messaging = Messaging.on(
                    node.vertx(),
                    new MessagingOptions("", name, 100),
                    new PermissionGate(grants),
                    (who, where, failure) -> {
                        throw failure;
                    });
            messaging.activator(Activator.none());
            messaging.remoteTrust(node.trust());
            isServed("kernel-node:" + name);
        }

        PluginEndpoint serving(String name, Capabilities capabilities) {
            PluginEndpoint endpoint = open(name, capabilities.names());
            endpoint.serve(capabilities);
            capabilities.names().forEach(capability -> isServed("plugin:" + name + ":" + capability));
            return endpoint;
        }

        PluginEndpoint open(String name, Set<String> capabilities) {
            PluginId id = new PluginId(name);
            mayCall(one, id);
            if (two != null) {
                mayCall(two, id);
            }
            PluginDeployment deployment = await(deployer.deploy(id, new VerticleBase() {}, new DeploymentOptions()));
            return messaging.open(id, deployment, capabilities, PluginContracts.none());
        }

        /** Wait until both nodes know of the address. */
        void isServed(String address) {
            for (Side side : two == null ? List.of(this) : List.of(one, two)) {
                BusAccess bus = new BusAccess(side.node.vertx());
                Awaitility.await().until(() -> TwoNodes.await(bus.isServed(address)));
                bus.close();
            }
        }

        /** Leave the cluster without a word of the kernel. */
        void die() {
            await(node.close());
            dead = true;
        }

        @Override
        public void close() {
            if (!dead) {
                await(messaging.close());
                await(node.close());
            }
            deployer.close();
        }
    }

    private static void mayCall(Side side, PluginId id) {
        side.grants.requests(id, List.of(CALL));
        side.grants.grant(Caller.plugin(id), CALL, "test", "");
    }

    static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    /** What {@code future} fails with. */
    static <E extends Throwable> E failure(Class<E> type, Future<?> future) {
        return type.cast(failed(() -> await(future)).orElseThrow(() -> new AssertionError("It did not fail.")));
    }

    private static Optional<Throwable> failed(Supplier<?> work) {
        try {
            work.get();
            return Optional.empty();
        } catch (CompletionException e) {
            return Optional.of(e.getCause());
        }
    }

    @Override
    public void close() {
        two.close();
        one.close();
    }
}
