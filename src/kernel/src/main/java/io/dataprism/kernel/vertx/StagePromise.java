package io.dataprism.kernel.vertx;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A promise whose future belongs to a context, by Vert.x's supported API alone. */
final class StagePromise<T> implements Promise<T> {
    private final CompletableFuture<T> stage = new CompletableFuture<>();
    private final AtomicBoolean decided = new AtomicBoolean();
    private final Future<T> future;
    private final Executor completing;

    /** @param completing where the future completes; whatever it does not run stays open */
    StagePromise(Context context, Executor completing) {
        this.future = Future.fromCompletionStage(stage, context);
        this.completing = completing;
    }

    @Override
    public boolean tryComplete(@Nullable T result) {
        if (!decided.compareAndSet(false, true)) {
            return false;
        }
        completing.execute(() -> stage.complete(result));
        return true;
    }

    @Override
    public boolean tryFail(Throwable cause) {
        if (!decided.compareAndSet(false, true)) {
            return false;
        }
        completing.execute(() -> stage.completeExceptionally(cause));
        return true;
    }

    @Override
    public Future<T> future() {
        return future;
    }
}
