package io.dataprism.kernel.vertx;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.impl.EventLoopExecutor;
import io.vertx.core.impl.VertxImpl;
import io.vertx.core.internal.CloseFuture;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.WorkerPool;
import io.vertx.core.internal.deployment.Deployment;
import io.vertx.core.internal.deployment.DeploymentContext;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One verticle on one mailbox, as Vert.x's deployment manager sees it. */
final class MailboxVerticle implements Deployment {
    private static final int TOLERATED_WAITS = 3;

    private final VertxImpl vertx;
    private final PluginId id;
    private final Deployable verticle;
    private final DeploymentOptions options;
    private final ClassLoader loader;
    private final SerialMailbox mailbox;
    private final BlockingLane lane;
    private final Promise<Object> started = Promise.promise();
    private final Promise<Object> stopped = Promise.promise();
    private final Promise<Void> ended = Promise.promise();
    /** How many of its slices were found waiting. Of the carriers' watch. */
    private int waits;

    private volatile @Nullable ContextInternal context;
    private volatile @Nullable DeploymentContext managed;

    MailboxVerticle(VertxImpl vertx, MailboxHost.Order order, SerialMailbox mailbox, BlockingLane lane) {
        this.vertx = vertx;
        this.id = order.id();
        this.verticle = order.verticle();
        // The copy constructor leaves the class loader out.
        this.options = new DeploymentOptions(order.options())
                .setClassLoader(order.options().getClassLoader())
                .setThreadingModel(ThreadingModel.WORKER);
        this.loader = order.loader();
        this.mailbox = mailbox;
        this.lane = lane;
    }

    PluginId id() {
        return id;
    }

    ClassLoader loader() {
        return loader;
    }

    /** Called for each slice that was found waiting: whether that has been often enough, for the first time. */
    boolean isFoundWaitingOnceTooOften() {
        return ++waits == TOLERATED_WAITS;
    }

    Optional<String> deploymentId() {
        return Optional.ofNullable(managed).map(DeploymentContext::id);
    }

    /** Whether its verticle started; completes in its first slice. */
    Future<?> started() {
        return started.future();
    }

    Future<Void> ended() {
        return ended.future();
    }

    @Override
    public Future<?> deploy(DeploymentContext deployment) {
        ClassLoader named = options.getClassLoader();
        ContextInternal made = vertx.createContext(
                ThreadingModel.WORKER,
                new EventLoopExecutor(vertx.nettyEventLoopGroup().next()),
                new MailboxExecutor(mailbox),
                new WorkerPool(lane, null),
                new CloseFuture(),
                deployment,
                named != null ? named : Thread.currentThread().getContextClassLoader());
        context = made;
        managed = deployment;
        mailbox.attach(new ContextFrame(made));
        made.runOnContext(go -> Outcome.of(() -> verticle.deploy(made), started));
        return started.future();
    }

    @Override
    public Future<?> undeploy() {
        ContextInternal made = here();
        if (started.tryFail(
                new PluginException("DP-0192", "Plugin '" + id + "' was undeployed before it had started."))) {
            stopped.tryComplete();
        } else if (mailbox.isClosed()) {
            stopped.tryComplete();
        } else {
            made.runOnContext(go -> Outcome.of(() -> verticle.undeploy(made), stopped));
        }
        return stopped.future();
    }

    @Override
    public Future<?> cleanup() {
        return here().closeFuture().close().onComplete(closed -> {
            lane.shutdownNow();
            mailbox.close();
            ended.tryComplete();
        });
    }

    void giveUp() {
        lane.shutdownNow();
        PluginException gone = new PluginException("DP-0193", "Plugin '" + id + "' did not answer and was given up.");
        started.tryFail(gone);
        stopped.tryComplete();
    }

    @Override
    public Set<Context> contexts() {
        return Set.of(here());
    }

    @Override
    public Set<Deployable> instances() {
        return Set.of(verticle);
    }

    @Override
    public DeploymentOptions options() {
        return new DeploymentOptions(options).setClassLoader(options.getClassLoader());
    }

    @Override
    public String identifier() {
        return "plugin:" + id;
    }

    ContextInternal here() {
        ContextInternal made = context;
        if (made == null) {
            throw notDeployed();
        }
        return made;
    }

    DeploymentContext managed() {
        DeploymentContext known = managed;
        if (known == null) {
            throw notDeployed();
        }
        return known;
    }

    BlockingLane lane() {
        return lane;
    }

    SerialMailbox mailbox() {
        return mailbox;
    }

    VertxImpl vertx() {
        return vertx;
    }

    private PluginException notDeployed() {
        return new PluginException("DP-0194", "Plugin '" + id + "' is not deployed yet.");
    }
}
