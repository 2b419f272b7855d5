package io.dataprism.kernel.vertx;

import io.dataprism.api.PluginId;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxImpl;
import io.vertx.core.internal.VertxInternal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Deploys plugins as verticles of {@code vertx}, whoever built it, on mailboxes served by this deployer's own threads. Safe to use from
 * any thread.
 */
public final class PluginDeployer implements AutoCloseable {
    private final VertxImpl vertx;
    private final CarrierOptions options;
    private final CarrierGroup carriers;
    private final BlockingPool blocking;
    private final Map<Mailbox, MailboxVerticle> verticles = new ConcurrentHashMap<>();

    private PluginDeployer(VertxImpl vertx, CarrierOptions options) {
        this.vertx = vertx;
        this.options = options;
        this.carriers = new CarrierGroup(options.carriers());
        this.blocking = new BlockingPool(options.blockingThreads());
    }

    public static PluginDeployer on(Vertx vertx, CarrierOptions options) {
        // A host may have wrapped its Vertx; a context's owner is what is inside.
        VertxInternal inside = ((VertxInternal) vertx).getOrCreateContext().owner();
        startEventLoops((VertxImpl) inside);
        return new PluginDeployer((VertxImpl) inside, options);
    }

    /** An event loop that was first needed in a plugin's slice would keep that plugin's loader for good. */
    private static void startEventLoops(VertxImpl vertx) {
        vertx.nettyEventLoopGroup().forEach(loop -> loop.execute(() -> {}));
    }

    /**
     * Deploy {@code verticle} for {@code id}, never as a child of whoever calls. Of {@code deploymentOptions} the config and the class loader
     * are used. A failing start is cleaned up, and fails the future, which completes on the caller's context.
     */
    public Future<PluginDeployment> deploy(PluginId id, Deployable verticle, DeploymentOptions deploymentOptions) {
        return deploy(id, verticle, deploymentOptions, options.mailbox());
    }

    /** How much waits in a mailbox at most, where a deployment does not want less. */
    public MailboxLimits mailboxLimits() {
        return options.mailbox();
    }

    /** The same with a mailbox of another size. */
    public Future<PluginDeployment> deploy(
            PluginId id, Deployable verticle, DeploymentOptions deploymentOptions, MailboxLimits limits) {
        SerialMailbox mailbox =
                new SerialMailbox(carriers, limits, options.quantum().toNanos());
        BlockingLane lane = new BlockingLane(blocking, options.blockingPerPlugin());
        MailboxVerticle hosted = new MailboxVerticle(vertx, id, verticle, deploymentOptions, mailbox, lane);
        verticles.put(mailbox, hosted);
        hosted.ended().onComplete(ended -> verticles.remove(mailbox));
        return vertx.deploymentManager()
                .deploy(null, vertx.getOrCreateContext(), hosted)
                .map(deployed -> new MailboxDeployment(hosted));
    }

    /**
     * Give a stuck plugin up: its mailbox is closed, its threads are interrupted, its carrier is replaced, and an undeployment that
     * waits for it goes on without it. Code that ignores the interrupt keeps its thread, and nothing else.
     */
    public void abandon(Mailbox mailbox) {
        MailboxVerticle hosted = verticles.get(mailbox);
        if (hosted != null) {
            mailbox.close();
            carriers.abandon(hosted.mailbox());
            hosted.giveUp();
        }
    }

    /**
     * Take {@code loader}, whose plugin is gone, off the threads of Vert.x: one that was started while a slice ran has it as its context
     * loader for good.
     */
    public void release(ClassLoader loader) {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        Thread[] threads = new Thread[group.activeCount() * 2 + 16];
        int count = group.enumerate(threads, true);
        for (int i = 0; i < count; i++) {
            if (threads[i] instanceof FastThreadLocalThread thread && thread.getContextClassLoader() == loader) {
                thread.setContextClassLoader(PluginDeployer.class.getClassLoader());
            }
        }
    }

    /** Replace the threads that run slices, each once its slice has ended, and with them what plugins left in their thread locals. */
    public void renewThreads() {
        carriers.renew();
        blocking.renew();
    }

    /** The plugins that are deployed, by deployment id. */
    public Map<String, PluginId> deployed() {
        Map<String, PluginId> ids = new ConcurrentHashMap<>();
        verticles.values().forEach(hosted -> hosted.deploymentId().ifPresent(id -> ids.put(id, hosted.id())));
        return ids;
    }

    /** End all threads. Undeploy the plugins first. */
    @Override
    public void close() {
        carriers.close();
        blocking.close();
    }
}
