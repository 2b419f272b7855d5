package io.dataprism.kernel.vertx;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** By Vert.x's supported API alone. */
final class PublicBond implements HostBond {
    private final Context context;

    PublicBond(Context context) {
        this.context = context;
    }

    @Override
    public SliceFrame frame() {
        return new TaskFrame(context, () -> false);
    }

    @Override
    public boolean isRunning() {
        return Vertx.currentContext() == context && (!context.isEventLoopContext() || Context.isOnEventLoopThread());
    }

    @Override
    public <T> Promise<T> promise() {
        return new StagePromise<>(context, Runnable::run);
    }

    @Override
    public <T> Future<T> succeeded(@Nullable T value) {
        return Future.fromCompletionStage(CompletableFuture.completedFuture(value), context);
    }

    @Override
    public <T> Future<T> failed(Throwable failure) {
        return Future.fromCompletionStage(CompletableFuture.failedFuture(failure), context);
    }
}
