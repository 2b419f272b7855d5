package io.dataprism.kernel.lifecycle;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that decides about plugins, and its timers. A plain thread, so that no event loop or plugin can hold it up; nothing
 * that runs on it blocks. After {@link #close} nothing new runs any more.
 */
final class LifecycleThread implements Executor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LifecycleThread.class);

    private static final Duration LONGEST = Duration.ofDays(100 * 365);

    private final ScheduledThreadPoolExecutor thread;

    LifecycleThread(String node) {
        thread = new ScheduledThreadPoolExecutor(1, work -> {
            Thread made = new Thread(work, "dataprism-lifecycle-" + node);
            made.setDaemon(true);
            made.setContextClassLoader(LifecycleThread.class.getClassLoader());
            return made;
        });
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void execute(Runnable action) {
        try {
            thread.execute(() -> guarded(action));
        } catch (RejectedExecutionException e) {
            LOG.debug("The kernel is closed; nothing is decided about plugins any more", e);
        }
    }

    /** A time in nanoseconds that can be added to the clock: a hundred years at most. */
    static long nanos(Duration time) {
        return (time.compareTo(LONGEST) > 0 ? LONGEST : time).toNanos();
    }

    private static void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            // Thrown on, it would end what is done periodically, for good: one full heap, and no plugin would be
            // watched any more.
            LOG.error("A decision about plugins failed; this is an error of the kernel", e);
        }
    }

    /** Run {@code action} on this thread; the result completes here. */
    <T> Future<T> call(Supplier<Future<T>> action) {
        Promise<T> promise = Promise.promise();
        try {
            thread.execute(() -> {
                try {
                    action.get().onComplete(promise);
                } catch (RuntimeException | Error e) {
                    // An Error too: whoever asked must learn of it.
                    promise.tryFail(e);
                }
            });
        } catch (RejectedExecutionException e) {
            promise.fail(Lifecycle.closed());
        }
        return promise.future();
    }

    /** {@code future}, completing on this thread whatever thread completes it. */
    <T> Future<T> here(Future<T> future) {
        Promise<T> promise = Promise.promise();
        future.onComplete(result -> execute(() -> promise.handle(result)));
        return promise.future();
    }

    /** Run {@code work}, which may block, on {@code others}; the result completes here. */
    <T> Future<T> aside(Executor others, Callable<@Nullable T> work) {
        Promise<T> promise = Promise.promise();
        Runnable task = () -> {
            try {
                promise.complete(work.call());
            } catch (Throwable e) {
                // Also an error, such as a stack that a pattern of a schema overflowed.
                promise.fail(e);
            }
        };
        try {
            others.execute(task);
        } catch (RejectedExecutionException e) {
            promise.fail(Lifecycle.closed());
        }
        return here(promise.future());
    }

    /** Run {@code action} once after {@code delay}; the result ends the timer. */
    Runnable after(Duration delay, Runnable action) {
        ScheduledFuture<?> timer = thread.schedule(() -> guarded(action), nanos(delay), TimeUnit.NANOSECONDS);
        return () -> timer.cancel(false);
    }

    /** Run {@code action} every {@code period}. */
    void every(Duration period, Runnable action) {
        thread.scheduleWithFixedDelay(() -> guarded(action), nanos(period), nanos(period), TimeUnit.NANOSECONDS);
    }

    /** {@code future}, or a failure when it is not complete after {@code deadline}. To be called on this thread. */
    <T> Future<T> within(Duration deadline, Future<T> future, Function<Duration, Throwable> late) {
        Promise<T> promise = Promise.promise();
        Runnable timer = after(deadline, () -> promise.tryFail(late.apply(deadline)));
        future.onComplete(result -> execute(() -> {
            timer.run();
            if (result.succeeded()) {
                promise.tryComplete(result.result());
            } else {
                promise.tryFail(result.cause());
            }
        }));
        return promise.future();
    }

    /** What was asked before is still answered; timers are dropped. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
