package io.dataprism.kernel.vertx;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Deploys plugins as verticles of {@code vertx}, whoever built it, on mailboxes: on carriers of the kernel's own, or, where this Vert.x does
 * not allow that, on Vert.x's workers. Safe to use from any thread.
 */
public final class PluginDeployer implements AutoCloseable {
    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

    private final CarrierOptions options;
    private final Optional<CarrierHost> carriers;
    private final MailboxHost usual;
    private final Stirred stirred = new Stirred();
    private final Lazily eventLoops;
    private final Lazily virtualThreads;

    private PluginDeployer(Vertx vertx, CarrierOptions options) {
        this.options = options;
        this.carriers = options.supportedApiOnly() || !Internals.work()
                ? Optional.empty()
                : Optional.of(new CarrierHost(vertx, options));
        this.usual = carriers.<MailboxHost>map(host -> host)
                .orElseGet(() -> new ContextHost(vertx, options, ThreadingModel.WORKER));
        this.eventLoops = new Lazily(() -> new ContextHost(vertx, options, ThreadingModel.EVENT_LOOP));
        this.virtualThreads = new Lazily(() -> new ContextHost(vertx, options, ThreadingModel.VIRTUAL_THREAD));
    }

    public static PluginDeployer on(Vertx vertx, CarrierOptions options) {
        return new PluginDeployer(vertx, options);
    }

    /** Whether plugins run on the kernel's own carriers; else on Vert.x's workers, with less promised. */
    public boolean hasCarriers() {
        return carriers.isPresent();
    }

    /** Which plugins got something to do, or did something. */
    public Stirred stirred() {
        return stirred;
    }

    /** Why not; empty where nobody but the options asked for that. */
    public static String whyNoCarriers() {
        return Internals.whyNot();
    }

    /** Whether this JVM has virtual threads. */
    public static boolean hasVirtualThreads() {
        return Runtime.version().feature() >= FIRST_WITH_VIRTUAL_THREADS;
    }

    /** How much waits in a mailbox at most, where a deployment does not want less. */
    public MailboxLimits mailboxLimits() {
        return options.mailbox();
    }

    /** Deploy on the carriers with a mailbox of the usual size. */
    public Future<PluginDeployment> deploy(PluginId id, Deployable verticle, DeploymentOptions deploymentOptions) {
        return deploy(id, verticle, deploymentOptions, options.mailbox(), SlicePlace.CARRIERS, SliceHook.NONE);
    }

    /**
     * Deploy {@code verticle} for {@code id}, never as a child of whoever calls. Of {@code deploymentOptions} the config and the class loader
     * are used. A failing start is cleaned up, and fails the future, which completes on any thread; {@code DP-0185} where this JVM has no
     * such {@code place}.
     *
     * @param hook sees its slices, besides what {@link CarrierOptions#hooks} gives it
     */
    public Future<PluginDeployment> deploy(
            PluginId id,
            Deployable verticle,
            DeploymentOptions deploymentOptions,
            MailboxLimits limits,
            SlicePlace place,
            SliceHook hook) {
        MailboxHost.Order order = new MailboxHost.Order(
                id,
                verticle,
                deploymentOptions,
                limits,
                options.hooks().of(id).and(hook).and(stirred.hook(id)));
        return switch (place) {
            case CARRIERS -> usual.deploy(order);
            case WAITING_LANE -> carriers.map(host -> host.deployWaiting(order)).orElseGet(() -> usual.deploy(order));
            case EVENT_LOOP -> eventLoops.get().deploy(order);
            case VIRTUAL_THREADS ->
                hasVirtualThreads() ? virtualThreads.get().deploy(order) : Future.failedFuture(noVirtualThreads(id));
        };
    }

    private static PluginException noVirtualThreads(PluginId id) {
        return new PluginException(
                "DP-0185",
                "Plugin '" + id + "' can't run on virtual threads: they need Java " + FIRST_WITH_VIRTUAL_THREADS
                        + " or newer, but this is Java "
                        + Runtime.version().feature() + ". Run the node on a newer Java, or use isolation worker.");
    }

    /**
     * Give a stuck plugin up: its mailbox is closed, its threads are interrupted, its carrier is replaced, and an undeployment that
     * waits for it goes on without it. Code that ignores the interrupt keeps its thread, and nothing else.
     */
    public void abandon(Mailbox mailbox) {
        hosts().forEach(host -> host.abandon(mailbox));
    }

    private List<MailboxHost> hosts() {
        return java.util.stream.Stream.of(Optional.of(usual), eventLoops.made(), virtualThreads.made())
                .flatMap(Optional::stream)
                .toList();
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
        hosts().forEach(MailboxHost::renewThreads);
    }

    /** The plugins that are deployed, by deployment id. */
    public Map<String, PluginId> deployed() {
        Map<String, PluginId> ids = new HashMap<>();
        hosts().forEach(host -> ids.putAll(host.deployed()));
        return ids;
    }

    /** The threads that run plugins' slices or blocking work now, and whose. They may be with something else by the time that it is read. */
    public Map<Thread, PluginId> running() {
        Map<Thread, PluginId> threads = new HashMap<>();
        hosts().forEach(host -> threads.putAll(host.running()));
        return threads;
    }

    /** End all threads. Undeploy the plugins first. */
    @Override
    public void close() {
        hosts().forEach(MailboxHost::close);
    }

    /** A host that is made when it is first needed. */
    private static final class Lazily {
        private final Supplier<MailboxHost> maker;
        private Optional<MailboxHost> host = Optional.empty();

        Lazily(Supplier<MailboxHost> maker) {
            this.maker = maker;
        }

        synchronized MailboxHost get() {
            if (host.isEmpty()) {
                host = Optional.of(maker.get());
            }
            return host.get();
        }

        synchronized Optional<MailboxHost> made() {
            return host;
        }
    }
}
