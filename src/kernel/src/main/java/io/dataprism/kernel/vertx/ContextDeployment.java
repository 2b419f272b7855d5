package io.dataprism.kernel.vertx;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** One verticle on a context that Vert.x made, as the kernel sees it. */
final class ContextDeployment implements PluginDeployment {
    private final ContextHost host;
    private final ContextVerticle verticle;
    private final String deploymentId;
    private @Nullable Future<Void> undeployed;

    ContextDeployment(ContextHost host, ContextVerticle verticle, String deploymentId) {
        this.host = host;
        this.verticle = verticle;
        this.deploymentId = deploymentId;
    }

    @Override
    public String deploymentId() {
        return deploymentId;
    }

    @Override
    public Context context() {
        return verticle.here();
    }

    @Override
    public Mailbox mailbox() {
        return verticle.mailbox();
    }

    @Override
    public ClassLoader classLoader() {
        return verticle.loader();
    }

    @Override
    public void execute(Runnable action) {
        verticle.mailbox().execute(action);
    }

    @Override
    public ScheduledExecutorService clock() {
        return host.clock();
    }

    /** Its future completes in a slice, whoever completes it. */
    @Override
    public <T> Promise<T> promise() {
        return new StagePromise<>(verticle.here(), this::inSlice);
    }

    @Override
    public <T> Promise<T> plainPromise() {
        return promise();
    }

    private void inSlice(Runnable completing) {
        if (verticle.mailbox().isRunner()) {
            completing.run();
        } else {
            execute(completing);
        }
    }

    @Override
    public <T> Future<T> succeeded(@Nullable T result) {
        return Future.fromCompletionStage(CompletableFuture.completedFuture(result), verticle.here());
    }

    @Override
    public <T> Future<T> failed(Throwable cause) {
        return Future.fromCompletionStage(CompletableFuture.failedFuture(cause), verticle.here());
    }

    @Override
    public <T> Future<T> blocking(Callable<T> work) {
        Promise<T> promise = promise();
        try {
            verticle.lane().execute(() -> complete(promise, work));
        } catch (RejectedExecutionException stopped) {
            return failed(stopped);
        }
        return promise.future();
    }

    private static <T> void complete(Promise<T> promise, Callable<T> work) {
        try {
            promise.complete(work.call());
        } catch (Throwable failure) {
            promise.fail(failure);
        }
    }

    @Override
    public void release() {
        verticle.mailbox().release();
        verticle.lane().release();
    }

    @Override
    public void meter() {
        verticle.lane().meter();
    }

    @Override
    public synchronized Future<Void> undeploy() {
        if (undeployed == null) {
            Promise<Void> done = Promise.promise();
            verticle.givenUp().onComplete(ended -> done.tryComplete());
            // Whoever was undeployed by its id before has ended.
            host.undeploy(deploymentId).onComplete(end -> {
                if (end.succeeded() || verticle.ended().isComplete()) {
                    done.tryComplete();
                } else {
                    done.tryFail(end.cause());
                }
            });
            undeployed = done.future();
        }
        return undeployed;
    }
}
