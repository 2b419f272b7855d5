package io.dataprism.kernel;

import io.dataprism.kernel.lifecycle.Lifecycle;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Carries results from the kernel's threads to the Vert.x context of whoever asked. */
final class HostContext {
    private final Vertx vertx;

    HostContext(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * Start an event loop, so that the JVM lives on until the Vertx is closed, as it does with anything else that is asked of one. All of the
     * kernel's own threads are daemons: a {@code main} that ends right after asking for a kernel would take the JVM with it, and its
     * future would never complete.
     */
    void stay() {
        try {
            vertx.getOrCreateContext().runOnContext(go -> {});
        } catch (RejectedExecutionException e) {
            // The Vertx is closed: what is asked of it next says so.
        }
    }

    /** {@code future}, completing on the calling context, or on an event loop where the caller has none. */
    <T> Future<T> deliver(Future<T> future) {
        Context context = vertx.getOrCreateContext();
        Promise<T> promise = Promise.promise();
        future.onComplete(result -> deliver(result, context, promise));
        return promise.future();
    }

    private static <T> void deliver(AsyncResult<T> result, Context context, Promise<T> promise) {
        try {
            context.runOnContext(go -> promise.handle(result));
        } catch (RejectedExecutionException e) {
            // The Vertx was closed meanwhile and has no thread for it any more; whoever waits must learn of it all the
            // same.
            promise.handle(result);
        }
    }

    /** Run {@code work}, which may block, on {@code threads}. */
    static <T> Future<T> blocking(Executor threads, Callable<T> work) {
        Work<T> task = new Work<>(work);
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            task.refuse();
        }
        return task.promise.future();
    }

    /** Something to do on another thread. */
    static final class Work<T> implements Runnable {
        private final Callable<T> work;
        private final Promise<T> promise = Promise.promise();

        Work(Callable<T> work) {
            this.work = work;
        }

        @Override
        public void run() {
            try {
                promise.complete(work.call());
            } catch (Throwable e) {
                // An Error too: a library that does not fit must fail the operation, not leave it hanging
                promise.fail(e);
            }
        }

        /** Tell whoever waits for it that it will not be done. */
        void refuse() {
            promise.tryFail(Lifecycle.closed());
        }
    }
}
