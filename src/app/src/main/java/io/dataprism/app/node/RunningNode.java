package io.dataprism.app.node;

import io.dataprism.app.conf.ConfSources;
import io.dataprism.app.conf.ConfWatcher;
import io.dataprism.app.conf.NodeConf;
import io.dataprism.app.conf.Shipped;
import io.dataprism.app.control.ControlAddress;
import io.dataprism.app.control.ControlServer;
import io.dataprism.cluster.ClusterOptions;
import io.dataprism.cluster.ClusteredNode;
import io.dataprism.kernel.Kernel;
import io.dataprism.kernel.messaging.RemoteTrust;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node, from its configuration to its end. Methods may be called from any thread. */
public final class RunningNode {
    private static final Logger LOG = LoggerFactory.getLogger(RunningNode.class);

    /** What closing may take beyond the plugins' own deadline. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final Kernel kernel;
    private final ControlServer control;
    private final BridgeSwitch bridge;
    private final ConfFollower follower;

    private RunningNode(Vertx vertx, Kernel kernel, ControlServer control, BridgeSwitch bridge, ConfFollower follower) {
        this.vertx = vertx;
        this.kernel = kernel;
        this.control = control;
        this.bridge = bridge;
        this.follower = follower;
    }

    /**
     * Bring a node up: alone, or as a member of a cluster.
     *
     * @param selection what of the configuration is run
     * @param watcher shown the kernel before any plugin is started
     * @return the node, once every wanted plugin was brought as far as it comes; fails, with nothing left behind, where the data folder
     *     or a port is taken
     */
    public static Future<RunningNode> start(
            NodeConf conf,
            ConfSources sources,
            Shipped shipped,
            boolean clustered,
            Selection selection,
            Consumer<Kernel> watcher) {
        if (!clustered) {
            return start(Vertx.vertx(), RemoteTrust.none(), conf, sources, shipped, selection, watcher);
        }
        ClusterOptions options = ClusterOptions.fromJson(conf.cluster())
                .orThrow()
                .withNode(conf.kernel().node());
        return ClusteredNode.start(options)
                .compose(node -> start(node.vertx(), node.trust(), conf, sources, shipped, selection, watcher));
    }

    private static Future<RunningNode> start(
            Vertx vertx,
            RemoteTrust trust,
            NodeConf conf,
            ConfSources sources,
            Shipped shipped,
            Selection selection,
            Consumer<Kernel> watcher) {
        Promise<RunningNode> started = Promise.promise();
        create(vertx, trust, conf, sources, shipped, selection, watcher).onComplete(made -> {
            if (made.succeeded()) {
                started.complete(made.result());
            } else {
                closeThen(vertx, made, started);
            }
        });
        return started.future();
    }

    private static Future<RunningNode> create(
            Vertx vertx,
            RemoteTrust trust,
            NodeConf conf,
            ConfSources sources,
            Shipped shipped,
            Selection selection,
            Consumer<Kernel> watcher) {
        Future<Void> closed = DiagnosticBean.takeAway(vertx);
        return Kernel.create(vertx, conf.kernel())
                .onSuccess(kernel -> kernel.remoteTrust(trust))
                .onSuccess(watcher::accept)
                .compose(kernel -> closed.compose(taken -> selection.bar(kernel, conf))
                        .compose(barred -> serve(vertx, kernel, conf, sources, shipped, selection))
                        .recover(failure -> kernel.close(conf.kernel().closeWithin())
                                .transform(ended -> Future.failedFuture(failure))));
    }

    private static Future<RunningNode> serve(
            Vertx vertx, Kernel kernel, NodeConf conf, ConfSources sources, Shipped shipped, Selection selection) {
        BridgeSwitch bridge = new BridgeSwitch(vertx, kernel);
        NodeConf run = selection.of(conf);
        ConfFollower follower = new ConfFollower(kernel, bridge, run, selection);
        NodeOperations operations = new NodeOperations(kernel, bridge, follower, selection);
        return bridge.set(run.gateway())
                .compose(open -> ControlServer.start(vertx, ControlAddress.in(conf.data()), operations))
                .compose(control -> brought(vertx, kernel, run, sources, shipped, follower)
                        .map(done -> new RunningNode(vertx, kernel, control, bridge, follower)));
    }

    /** The configuration is followed meanwhile: a plugin may take long to start. */
    private static Future<Void> brought(
            Vertx vertx, Kernel kernel, NodeConf conf, ConfSources sources, Shipped shipped, ConfFollower follower) {
        Future<Void> applied = kernel.apply(conf.desired());
        return ConfWatcher.start(vertx, sources, shipped, conf, follower)
                .onSuccess(follower::follows)
                .compose(following -> applied)
                .onFailure(failure -> follower.close());
    }

    public Kernel kernel() {
        return kernel;
    }

    /** The gateway's port, where there is a gateway. */
    public Optional<Integer> gatewayPort() {
        return bridge.port();
    }

    /** The plugins that should run and do not, each in a line that says where its cause stands: the log has it already. */
    public List<String> failures() {
        return kernel.plugins().stream()
                .flatMap(plugin -> plugin
                        .failure()
                        .map(failure -> "Plugin '" + plugin.id() + "' failed with " + failure.code()
                                + ". The log has the cause, and  dataprism plugins info " + plugin.id())
                        .or(() -> plugin.waiting()
                                .map(reason -> "Plugin '" + plugin.id()
                                        + "' waits. The log has what for, and  dataprism plugins why " + plugin.id()))
                        .stream())
                .toList();
    }

    /**
     * Take nothing new, finish what is under way, stop the plugins, leave nothing behind. Blocks: a future of the Vertx itself could not
     * tell of its end.
     */
    public void close() throws InterruptedException {
        LOG.info("Stopping");
        Duration limit = kernel.options().closeWithin();
        boolean inTime = Waiting.within(
                limit.plus(GRACE),
                follower.close()
                        .eventually(bridge::close)
                        .eventually(() -> kernel.close(limit))
                        .eventually(control::close));
        if (inTime && Waiting.within(GRACE, vertx.close())) {
            LOG.info("Stopped");
        } else {
            LOG.error("Stopping took longer than {} and {} more; what is left ends with the process", limit, GRACE);
        }
    }

    /** The promise must belong to no context of this Vert.x: once that is closed, no event loop is left to complete it on. */
    private static <T> void closeThen(Vertx vertx, AsyncResult<T> outcome, Promise<T> promise) {
        vertx.close().onComplete(closed -> {
            if (outcome.succeeded() && closed.failed()) {
                promise.fail(closed.cause());
            } else {
                promise.handle(outcome);
            }
        });
    }
}
