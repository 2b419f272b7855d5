package io.dataprism.kernel.vertx;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Mailboxes on contexts that Vert.x makes, by its supported API alone: each slice is a task of the plugin's context. Serves where Vert.x's
 * internals are not as {@link CarrierHost} needs them (on workers), and trusted plugins that want an event loop or virtual threads.
 *
 * <p>It promises less: what Vert.x itself runs on the context (its own timers, consumers and completions, for plugins with {@code vertx-access})
 * takes turns with the slices, but does not pass the mailbox; threads are Vert.x's, and stay when one is stuck.
 */
final class ContextHost implements MailboxHost {
    private static final Object MAILBOX = new Object();
    private static final long AGAIN_MILLIS = 100;
    private static final AtomicInteger POOLS = new AtomicInteger();
    /** Whether any context has a mailbox, so that nobody else pays for looking. */
    private static volatile boolean used;

    private final Vertx vertx;
    private final CarrierOptions options;
    private final ThreadingModel model;
    private final String pool = "dataprism-workers-" + POOLS.incrementAndGet();
    private final int poolSize;
    private final WorkerExecutor held;
    private final ScheduledThreadPoolExecutor clock;
    private final Holds holds = new Holds();
    private final Map<Mailbox, ContextVerticle> verticles = new ConcurrentHashMap<>();

    ContextHost(Vertx vertx, CarrierOptions options, ThreadingModel model) {
        this.vertx = vertx;
        this.options = options;
        this.model = model;
        // A worker that waits holds its thread: there must be enough of them for those that end the waiting.
        this.poolSize = options.carriers() + options.waitingThreads() + options.blockingThreads();
        // Kept open between deployments; Vert.x starts its threads as they are needed.
        this.held = vertx.createSharedWorkerExecutor(pool, poolSize, Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        this.clock = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "dataprism-clock");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
        clock.scheduleWithFixedDelay(
                SerialMailbox.UNANNOUNCED::announceAgain, AGAIN_MILLIS, AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The mailbox of the plugin in whose context the calling code runs. */
    static @Nullable SerialMailbox current() {
        Context context = used ? Vertx.currentContext() : null;
        return context == null ? null : of(context);
    }

    /** The mailbox of the plugin that {@code context} was made for by this. */
    static @Nullable SerialMailbox of(Context context) {
        return context.get(MAILBOX);
    }

    static void mark(Context context, SerialMailbox mailbox) {
        used = true;
        context.put(MAILBOX, mailbox);
    }

    @Override
    public Future<PluginDeployment> deploy(Order order) {
        ContextVerticle hosted = new ContextVerticle(this, order);
        verticles.put(hosted.mailbox(), hosted);
        hosted.ended().onComplete(ended -> verticles.remove(hosted.mailbox()));
        CompletableFuture<PluginDeployment> deployed = new CompletableFuture<>();
        apart(() -> vertx.deployVerticle(hosted, deploymentOptions(order))
                .onSuccess(id -> deployed.complete(new ContextDeployment(this, hosted, id)))
                .onFailure(cause -> {
                    hosted.end();
                    deployed.completeExceptionally(cause);
                }));
        return Future.fromCompletionStage(deployed, vertx.getOrCreateContext());
    }

    private DeploymentOptions deploymentOptions(Order order) {
        DeploymentOptions wanted = new DeploymentOptions()
                .setConfig(order.options().getConfig())
                .setClassLoader(order.options().getClassLoader())
                .setThreadingModel(model);
        return model == ThreadingModel.VIRTUAL_THREAD
                ? wanted
                : wanted.setWorkerPoolName(pool)
                        .setWorkerPoolSize(poolSize)
                        .setMaxWorkerExecuteTime(Long.MAX_VALUE)
                        .setMaxWorkerExecuteTimeUnit(TimeUnit.NANOSECONDS);
    }

    /** On a thread that belongs to nobody's deployment, so that nothing becomes a child of whoever calls. */
    private void apart(Runnable action) {
        clock.execute(action);
    }

    Future<Void> undeploy(String id) {
        CompletableFuture<Void> undeployed = new CompletableFuture<>();
        apart(() -> vertx.undeploy(id)
                .onSuccess(done -> undeployed.complete(null))
                .onFailure(undeployed::completeExceptionally));
        return Future.fromCompletionStage(undeployed, vertx.getOrCreateContext());
    }

    CarrierOptions options() {
        return options;
    }

    ThreadingModel model() {
        return model;
    }

    Holds holds() {
        return holds;
    }

    ScheduledExecutorService clock() {
        return clock;
    }

    @Override
    public void abandon(Mailbox mailbox) {
        Optional.ofNullable(verticles.get(mailbox)).ifPresent(ContextVerticle::giveUp);
    }

    /** They are Vert.x's threads. */
    @Override
    public void renewThreads() {}

    @Override
    public Map<String, PluginId> deployed() {
        Map<String, PluginId> ids = new ConcurrentHashMap<>();
        verticles.values().forEach(hosted -> hosted.deploymentId().ifPresent(id -> ids.put(id, hosted.id())));
        return ids;
    }

    @Override
    public Map<Thread, PluginId> running() {
        Map<Thread, PluginId> threads = new HashMap<>();
        verticles.values().forEach(hosted -> {
            hosted.mailbox().runningOn().ifPresent(thread -> threads.put(thread, hosted.id()));
            hosted.lane().threads().forEach(thread -> threads.put(thread, hosted.id()));
        });
        return threads;
    }

    @Override
    public void close() {
        clock.shutdownNow();
        held.close();
        holds.close();
    }

    static PluginException givenUp(PluginId id) {
        return new PluginException("DP-0193", "Plugin '" + id + "' did not answer and was given up.");
    }
}
