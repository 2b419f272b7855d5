package io.dataprism.kernel.vertx;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A promise whose future only slices touch, whoever completes it. Vert.x's futures guard themselves by their own monitor, and a plugin may hold the monitor
 * of what it was given for ever: that stops its own slices, and must not stop anybody else's thread.
 */
final class SlicePromise<T> implements Promise<T> {
    private final Promise<T> inner;
    private final AtomicBoolean decided = new AtomicBoolean();
    private final Executor slices;

    /** @param slices where {@code inner} is completed */
    SlicePromise(Promise<T> inner, Executor slices) {
        this.inner = inner;
        this.slices = slices;
    }

    @Override
    public boolean tryComplete(@Nullable T result) {
        if (!decided.compareAndSet(false, true)) {
            return false;
        }
        slices.execute(() -> inner.tryComplete(result));
        return true;
    }

    @Override
    public boolean tryFail(Throwable cause) {
        if (!decided.compareAndSet(false, true)) {
            return false;
        }
        slices.execute(() -> inner.tryFail(cause));
        return true;
    }

    @Override
    public Future<T> future() {
        return inner.future();
    }
}
