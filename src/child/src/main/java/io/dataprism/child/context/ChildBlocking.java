package io.dataprism.child.context;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.child.ChildSlices;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Work of the plugin's that blocks, on threads of the child's. */
final class ChildBlocking {
    private static final int THREADS = 20;
    private static final int MOST = 10_000;
    private static final long IDLE_SECONDS = 10;

    private final PluginId id;
    private final ChildSlices slices;
    private final AtomicInteger underWay = new AtomicInteger();
    private final ThreadPoolExecutor threads;

    ChildBlocking(PluginId id, ChildSlices slices) {
        this.id = id;
        this.slices = slices;
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "blocking");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    <T> Future<T> run(Callable<T> work) {
        Objects.requireNonNull(work);
        Promise<T> promise = slices.promise();
        if (underWay.incrementAndGet() > MOST) {
            underWay.decrementAndGet();
            promise.tryFail(new PluginException(
                    "DP-0199", "Plugin '" + id + "' has too much under way: " + MOST + " pieces of blocking work."));
            return promise.future();
        }
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        long call = slices.call();
        threads.execute(() -> {
            Thread.currentThread().setContextClassLoader(loader);
            try {
                T result = work.call();
                slices.execute(call, () -> promise.tryComplete(result));
            } catch (Throwable e) {
                slices.execute(call, () -> promise.tryFail(e));
            } finally {
                underWay.decrementAndGet();
            }
        });
        return promise.future();
    }
}
