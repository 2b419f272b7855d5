package io.dataprism.child;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.ThreadingModel;
import io.vertx.core.internal.CloseFuture;
import io.vertx.core.internal.ContextBuilder;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.EventExecutor;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.WorkerPool;
import io.vertx.core.internal.deployment.DeploymentContext;
import io.vertx.core.json.JsonObject;
import io.vertx.core.spi.context.storage.AccessMode;
import io.vertx.core.spi.context.storage.ContextLocal;
import io.vertx.core.spi.tracing.VertxTracer;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one thread on which all of the plugin's code runs, one thing after the other; and the context of its futures, so that what they call runs there,
 * whoever completes them. There is no Vertx behind it: what would need one says so.
 */
public final class ChildSlices implements ContextInternal, Executor {
    private static final int SPINS = 200;

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private final ClassLoader none = ChildSlices.class.getClassLoader();
    private final ConcurrentMap<Object, Object> values = new ConcurrentHashMap<>();
    private final Consumer<Throwable> failed;
    private final Runnable idle;
    private volatile boolean parked;
    /** {@link System#nanoTime} at the begin of what runs; 0 while nothing does. */
    private volatile long began;

    private volatile @Nullable DefaultEventLoop timeouts;
    /** The call for which what runs is done; of the thread. */
    private long call;

    /**
     * @param failed is told what the plugin's code threw where nobody else takes it
     * @param idle is called whenever nothing waits any more
     */
    ChildSlices(Consumer<Throwable> failed, Runnable idle) {
        this.failed = failed;
        this.idle = idle;
        this.thread = new Thread(this::work, "plugin");
    }

    void start() {
        thread.start();
    }

    Thread thread() {
        return thread;
    }

    @Override
    public void execute(Runnable task) {
        waiting.add(task);
        if (parked) {
            LockSupport.unpark(thread);
        }
    }

    /** The same for the call of that number, which is what the plugin's own calls are then made for. */
    public void execute(long forCall, Runnable task) {
        execute(() -> {
            call = forCall;
            task.run();
        });
    }

    /** The number of the call for which the calling thread works; 0: none. */
    public long call() {
        return inThread() ? call : 0;
    }

    /** For how many milliseconds the same has been running. */
    long busyMillis() {
        long since = began;
        return since == 0 ? 0 : (System.nanoTime() - since) / 1_000_000;
    }

    private void work() {
        while (true) {
            Runnable task = next();
            call = 0;
            began = System.nanoTime() | 1;
            try {
                task.run();
            } catch (Throwable e) {
                failed.accept(e);
            }
            began = 0;
        }
    }

    private Runnable next() {
        Runnable task = waiting.poll();
        if (task != null) {
            return task;
        }
        idle.run();
        for (int i = 0; i < SPINS; i++) {
            task = waiting.poll();
            if (task != null) {
                return task;
            }
            Thread.onSpinWait();
        }
        parked = true;
        while (true) {
            task = waiting.poll();
            if (task != null) {
                parked = false;
                return task;
            }
            LockSupport.park(this);
            // Not the plugin's to keep: whoever interrupts it meant what ran before.
            Thread.interrupted();
        }
    }

    // --- the context of the plugin's futures

    @Override
    public boolean inThread() {
        return Thread.currentThread() == thread;
    }

    @Override
    public boolean isRunningOnContext() {
        return inThread();
    }

    @Override
    public <T> void execute(@Nullable T argument, Handler<T> task) {
        if (inThread()) {
            task.handle(argument);
        } else {
            execute(() -> task.handle(argument));
        }
    }

    @Override
    public <T> void emit(@Nullable T argument, Handler<T> task) {
        execute(argument, task);
    }

    @Override
    public void runOnContext(Handler<Void> action) {
        execute(() -> action.handle(null));
    }

    @Override
    public ContextInternal beginDispatch() {
        return this;
    }

    @Override
    public void endDispatch(ContextInternal previous) {}

    @Override
    public void reportException(Throwable thrown) {
        failed.accept(thrown);
    }

    @Override
    public ConcurrentMap<Object, Object> contextData() {
        return values;
    }

    @Override
    public ClassLoader classLoader() {
        return none;
    }

    /** For {@link Future#timeout} alone. */
    @Override
    public EventLoop nettyEventLoop() {
        DefaultEventLoop made = timeouts;
        if (made == null) {
            synchronized (values) {
                made = timeouts == null ? new DefaultEventLoop() : timeouts;
                timeouts = made;
            }
        }
        return made;
    }

    @Override
    public ContextInternal duplicate(boolean copy) {
        return this;
    }

    @Override
    public boolean isEventLoopContext() {
        return false;
    }

    @Override
    public boolean isWorkerContext() {
        return true;
    }

    @Override
    public ThreadingModel threadingModel() {
        return ThreadingModel.WORKER;
    }

    @Override
    public Context exceptionHandler(@Nullable Handler<Throwable> handler) {
        throw none();
    }

    @Override
    public @Nullable Handler<Throwable> exceptionHandler() {
        return null;
    }

    @Override
    public @Nullable JsonObject config() {
        return null;
    }

    private static UnsupportedOperationException none() {
        return new UnsupportedOperationException("There is no Vertx in a plugin's own process");
    }

    @Override
    public EventExecutor executor() {
        throw none();
    }

    @Override
    public EventExecutor eventLoop() {
        throw none();
    }

    @Override
    public WorkerPool workerPool() {
        throw none();
    }

    @Override
    @SuppressWarnings("NullAway") // as Vert.x has it: no deployment
    public DeploymentContext deployment() {
        return null;
    }

    @Override
    public VertxInternal owner() {
        throw none();
    }

    @Override
    @SuppressWarnings("NullAway") // as Vert.x has it: no tracer
    public VertxTracer<?, ?> tracer() {
        return null;
    }

    @Override
    public CloseFuture closeFuture() {
        throw none();
    }

    @Override
    public Future<Void> close() {
        throw none();
    }

    @Override
    public ContextBuilder toBuilder() {
        throw none();
    }

    @Override
    public <T> Future<T> executeBlocking(Callable<T> work, boolean ordered) {
        throw none();
    }

    @Override
    public <T> T getLocal(ContextLocal<T> key, AccessMode accessMode) {
        throw none();
    }

    @Override
    public <T> T getLocal(ContextLocal<T> key, AccessMode accessMode, Supplier<? extends T> first) {
        throw none();
    }

    @Override
    public <T> void putLocal(ContextLocal<T> key, AccessMode accessMode, T value) {
        throw none();
    }
}
