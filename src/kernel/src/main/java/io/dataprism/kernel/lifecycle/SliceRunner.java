package io.dataprism.kernel.lifecycle;

import io.dataprism.kernel.messaging.SafeFailure;
import io.dataprism.kernel.vertx.Mailbox;
import io.dataprism.kernel.vertx.PluginDeployer;
import io.dataprism.kernel.vertx.PluginDeployment;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the steps of one plugin in its slices, each with its deadline. When a step is late because the plugin's code does not give
 * its thread back, the thread is interrupted, and given up if that does not help. Owned by the lifecycle thread.
 */
final class SliceRunner {
    private static final Duration GRACE = Duration.ofMillis(300);
    private static final Duration LOOK = Duration.ofMillis(10);

    private final LifecycleThread thread;
    private final PluginDeployer deployer;
    private final PluginDeployment deployment;
    private final StepFailures failures;
    private @Nullable Promise<?> current;
    private boolean stuck;
    private boolean hurry;

    /**
     * @param hurry whether every step is to fail at once
     */
    SliceRunner(
            LifecycleThread thread,
            PluginDeployer deployer,
            PluginDeployment deployment,
            StepFailures failures,
            boolean hurry) {
        this.thread = thread;
        this.deployer = deployer;
        this.deployment = deployment;
        this.failures = failures;
        this.hurry = hurry;
    }

    /** Call a method of the plugin that answers with a future, and wait for that. */
    Future<Void> run(Step step, Duration deadline, Callable<@Nullable Future<?>> method) {
        return inSlice(step, deadline, (promise, call) -> follow(step, promise, call), method);
    }

    /** Ask the plugin something; completes in its slice, and never where it does not answer: the caller sets the deadline, and takes no thread for it. */
    Future<Void> ask(Callable<@Nullable Future<?>> method) {
        Promise<Void> promise = Promise.promise();
        deployment.execute(() -> {
            try {
                Future<?> answer = method.call();
                if (answer == null) {
                    promise.tryFail(failures.returnedNull(Step.RUN));
                } else {
                    answer.onComplete(done -> promise.tryComplete(), cause -> promise.tryFail(SafeFailure.copy(cause)));
                }
            } catch (Throwable e) {
                promise.tryFail(SafeFailure.copy(e));
            }
        });
        return promise.future();
    }

    /** Call a method of the plugin that answers at once. */
    <T> Future<T> get(Step step, Duration deadline, Callable<@Nullable T> method) {
        return inSlice(step, deadline, (promise, value) -> answer(step, promise, value), method);
    }

    private <A, T> Future<T> inSlice(
            Step step, Duration deadline, BiConsumer<Promise<T>, @Nullable A> then, Callable<@Nullable A> method) {
        if (stuck) {
            return Future.failedFuture(failures.cutOff(step));
        }
        if (hurry) {
            return free(step, deadline, failures.cutOff(step));
        }
        Promise<T> promise = Promise.promise();
        current = promise;
        deployment.execute(() -> attempt(step, promise, then, method));
        return await(step, deadline, promise);
    }

    private <T> Future<T> await(Step step, Duration deadline, Promise<T> promise) {
        return thread.within(deadline, promise.future(), late -> failures.late(step, late))
                .recover(cause -> isLate(cause) ? free(step, deadline, cause) : Future.failedFuture(cause));
    }

    /** Wait for something that the plugin's code is still to do. */
    Future<Void> finish(Step step, Duration deadline, Future<Void> doing) {
        if (stuck || hurry) {
            return Future.failedFuture(failures.cutOff(step));
        }
        Promise<Void> promise = Promise.promise();
        current = promise;
        doing.onComplete(done -> promise.tryComplete(), promise::tryFail);
        return await(step, deadline, promise);
    }

    private static boolean isLate(Throwable cause) {
        return cause instanceof StepException failed && failed.code().equals("DP-0815");
    }

    /** In the slice: from here on until the promise, everything is the plugin's code. */
    private <A, T> void attempt(
            Step step, Promise<T> promise, BiConsumer<Promise<T>, @Nullable A> then, Callable<@Nullable A> method) {
        try {
            then.accept(promise, method.call());
        } catch (StepException e) {
            promise.tryFail(e);
        } catch (Throwable e) {
            promise.tryFail(failures.threw(step, SafeFailure.copy(e)));
        }
    }

    private void follow(Step step, Promise<Void> promise, @Nullable Future<?> future) {
        if (future == null) {
            promise.tryFail(failures.returnedNull(step));
        } else {
            future.onComplete(
                    done -> promise.tryComplete(),
                    cause -> promise.tryFail(failures.threw(step, SafeFailure.copy(cause))));
        }
    }

    private <T> void answer(Step step, Promise<T> promise, @Nullable T value) {
        if (value == null) {
            promise.tryFail(failures.returnedNull(step));
        } else {
            promise.tryComplete(value);
        }
    }

    /** Get the thread back from a slice that has run for the whole of {@code deadline}; fails with {@code otherwise}. */
    <T> Future<T> free(Step step, Duration deadline, Throwable otherwise) {
        OptionalLong began = deployment.mailbox().sliceStartedNanos();
        Duration tolerated = hurry ? Duration.ZERO : deadline.dividedBy(2);
        if (began.isEmpty() || age(began.getAsLong()).compareTo(tolerated) < 0) {
            return Future.failedFuture(otherwise);
        }
        deployment.mailbox().interrupt(began.getAsLong());
        Promise<T> promise = Promise.promise();
        look(
                began.getAsLong(),
                System.nanoTime(),
                promise,
                otherwise,
                failures.stuck(step, hurry ? age(began.getAsLong()) : deadline));
        return promise.future();
    }

    private <T> void look(long slice, long since, Promise<T> promise, Throwable otherwise, StepException given) {
        OptionalLong now = deployment.mailbox().sliceStartedNanos();
        if (now.isEmpty() || now.getAsLong() != slice) {
            promise.fail(otherwise);
        } else if (age(since).compareTo(GRACE) < 0) {
            thread.after(LOOK, () -> look(slice, since, promise, otherwise, given));
        } else {
            giveUp();
            promise.fail(given);
        }
    }

    /** Leave the plugin's threads to themselves. */
    void giveUp() {
        stuck = true;
        deployer.abandon(deployment.mailbox());
    }

    private static Duration age(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    /** Whether the plugin's thread was given up: nothing of the plugin can be called any more. */
    boolean stuck() {
        return stuck;
    }

    Mailbox mailbox() {
        return deployment.mailbox();
    }

    /** Cut off what is under way, and let every later step fail at once. */
    void hurry(Step step) {
        hurry = true;
        Promise<?> waiting = current;
        if (waiting != null) {
            waiting.tryFail(failures.cutOff(step));
        }
    }
}
