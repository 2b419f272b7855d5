package io.dataprism.kernel;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;

/** Carries results from the kernel's threads to the Vert.x context of whoever asked. */
final class HostContext {
    private final Vertx vertx;

    HostContext(Vertx vertx) {
        this.vertx = vertx;
    }

    /** {@code future}, completing on the calling context, or on an event loop where the caller has none. */
    <T> Future<T> deliver(Future<T> future) {
        Context context = vertx.getOrCreateContext();
        Promise<T> promise = Promise.promise();
        future.onComplete(result -> context.runOnContext(go -> promise.handle(result)));
        return promise.future();
    }

    /** Run {@code work}, which may block, on {@code threads}. */
    static <T> Future<T> blocking(Executor threads, Callable<T> work) {
        Promise<T> promise = Promise.promise();
        threads.execute(() -> {
            try {
                promise.complete(work.call());
            } catch (Throwable e) {
                // An Error too: a library that does not fit must fail the operation, not leave it hanging
                promise.fail(e);
            }
        });
        return promise.future();
    }
}
