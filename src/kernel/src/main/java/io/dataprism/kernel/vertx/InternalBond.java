package io.dataprism.kernel.vertx;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import org.jspecify.annotations.Nullable;

/** By Vert.x's internals. */
final class InternalBond implements HostBond {
    private final ContextInternal context;

    InternalBond(Context context) {
        this.context = (ContextInternal) context;
    }

    @Override
    public SliceFrame frame() {
        return new ContextFrame(context);
    }

    @Override
    public boolean isRunning() {
        return context.inThread();
    }

    @Override
    public <T> Promise<T> promise() {
        return context.promise();
    }

    @Override
    public <T> Future<T> succeeded(@Nullable T value) {
        return context.succeededFuture(value);
    }

    @Override
    public <T> Future<T> failed(Throwable failure) {
        return context.failedFuture(failure);
    }
}
