package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import io.dataprism.api.Capabilities;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.contract.PluginContracts;
import io.dataprism.kernel.permission.GrantStore;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.permission.PermissionGate;
import io.dataprism.kernel.vertx.CarrierOptions;
import io.dataprism.kernel.vertx.MailboxLimits;
import io.dataprism.kernel.vertx.PluginDeployer;
import io.dataprism.kernel.vertx.PluginDeployment;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A node's messaging on a real Vertx, for tests. */
final class Node implements AutoCloseable {
    static final CarrierOptions SMALL =
            new CarrierOptions(2, 8, 4, Duration.ofNanos(100_000), new MailboxLimits(100, 1 << 20));

    final Vertx vertx = Vertx.vertx();
    final PluginDeployer deployer;
    final GrantStore grants = new GrantStore();
    final PermissionGate gate = new PermissionGate(grants);
    final BlockingQueue<Failure> failures = new LinkedBlockingQueue<>();
    final Messaging messaging;

    Node() {
        this(SMALL);
    }

    Node(CarrierOptions options) {
        this(options, RetainLimits.DEFAULT, loss -> {});
    }

    Node(RetainLimits retained) {
        this(SMALL, retained, loss -> {});
    }

    Node(Consumer<Loss> losses) {
        this(SMALL, RetainLimits.DEFAULT, losses);
    }

    private Node(CarrierOptions options, RetainLimits retained, Consumer<Loss> losses) {
        messaging = Messaging.on(vertx, new MessagingOptions("", "n1", 100, retained), gate, new FailureReporter() {
            @Override
            public void failed(Caller who, String where, SafeFailure failure) {
                failures.add(new Failure(who, where, failure));
            }

            @Override
            public void lost(Loss loss) {
                losses.accept(loss);
            }
        });
        deployer = PluginDeployer.on(vertx, options);
    }

    record Failure(Caller who, String where, SafeFailure failure) {}

    /** A plugin with everything of a kind requested and granted as told. */
    final class Plugin {
        final PluginId id;
        final PluginDeployment deployment;
        final PluginEndpoint endpoint;

        Plugin(String name, Set<String> capabilities, String... permissions) throws Exception {
            this(name, capabilities, PluginContracts.none(), permissions);
        }

        Plugin(String name, Set<String> capabilities, PluginContracts contracts, String... permissions)
                throws Exception {
            id = new PluginId(name);
            List<Permission> wanted = new ArrayList<>();
            for (String permission : permissions) {
                wanted.add(Permission.parse(permission));
            }
            grants.requests(id, wanted);
            wanted.forEach(permission -> grants.grant(Caller.plugin(id), permission, "test", ""));
            deployment = await(deployer.deploy(id, new VerticleBase() {}, new DeploymentOptions()));
            endpoint = messaging.open(id, deployment, capabilities, contracts);
        }

        Plugin serve(Capabilities capabilities) {
            endpoint.serve(capabilities);
            return this;
        }

        Plugin serve() {
            return serve(Capabilities.none());
        }

        /** Run {@code work} in a slice and wait for the future it gives. */
        <T> T run(Supplier<Future<T>> work) throws Exception {
            return await(start(work));
        }

        <T> Future<T> start(Supplier<Future<T>> work) {
            return Future.future(promise -> deployment.context().runOnContext(go -> {
                try {
                    work.get().onComplete(promise);
                } catch (Throwable thrown) {
                    promise.fail(thrown);
                }
            }));
        }

        /** Hold its slices up until the returned handle is run. */
        Runnable block() {
            java.util.concurrent.CountDownLatch release = new java.util.concurrent.CountDownLatch(1);
            java.util.concurrent.CountDownLatch inside = new java.util.concurrent.CountDownLatch(1);
            deployment.context().runOnContext(go -> {
                inside.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            try {
                inside.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return release::countDown;
        }
    }

    Plugin plugin(String name, String... permissions) throws Exception {
        return new Plugin(name, Set.of(), permissions);
    }

    Plugin serving(String name, Capabilities capabilities, String... permissions) throws Exception {
        return new Plugin(name, capabilities.names(), permissions).serve(capabilities);
    }

    /** A user of the bridge who may do this. */
    Endpoint user(String name, String permission) {
        grants.grant(Caller.user(name), Permission.parse(permission), "test", "");
        return messaging.endpoint(Caller.user(name));
    }

    Endpoint host() {
        return messaging.endpoint(Caller.HOST);
    }

    static <T> T await(Future<T> future) throws Exception {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof Exception cause ? cause : failed;
        }
    }

    /** Wait for {@code condition}. */
    static void until(BooleanSupplier condition) throws Exception {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new TimeoutException("The condition did not come true within 20 s.");
            }
            Thread.onSpinWait();
        }
    }

    static <T> T next(BlockingQueue<T> queue) throws Exception {
        T item = queue.poll(20, TimeUnit.SECONDS);
        if (item == null) {
            throw new TimeoutException("Nothing came within 20 s.");
        }
        return item;
    }

    @Override
    public void close() throws Exception {
        await(messaging.close());
        await(vertx.close());
        deployer.close();
    }
}
