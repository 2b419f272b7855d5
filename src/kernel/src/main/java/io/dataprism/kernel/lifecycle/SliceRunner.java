package io.dataprism.kernel.lifecycle;

import io.dataprism.kernel.messaging.SafeFailure;
import io.dataprism.kernel.vertx.Mailbox;
import io.dataprism.kernel.vertx.PluginDeployer;
import io.dataprism.kernel.vertx.PluginDeployment;
import io.dataprism.sandbox.PluginClassLoader;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the steps of one plugin in its slices, each with its deadline. When a step is late because the plugin's code does not give
 * its thread back, the thread is interrupted; if that does not help its classes are condemned, so that their loops end; and if that does not
 * help either, or they have no polls, the thread is given up. Owned by the lifecycle thread.
 */
final class SliceRunner {
    private static final Duration GRACE = Duration.ofMillis(300);
    /** For a condemned plugin's code to end: it may have to leave a deep stack, whose frames catch what they can. */
    private static final Duration LAST_GRACE = Duration.ofSeconds(1);

    private static final Duration LOOK = Duration.ofMillis(10);

    private final LifecycleThread thread;
    private final PluginDeployer deployer;
    private final PluginDeployment deployment;
    private final StepFailures failures;
    private @Nullable Promise<?> current;
    private boolean stuck;
    private boolean hurry;
    private @Nullable StepException end;

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
    private <T> Future<T> free(Step step, Duration deadline, Throwable otherwise) {
        return free(Optional.of(step), deadline, otherwise);
    }

    /** The same where it is in {@code step}, or where it runs. */
    <T> Future<T> free(Optional<Step> step, Duration deadline, Throwable otherwise) {
        OptionalLong began = deployment.mailbox().sliceStartedNanos();
        Duration tolerated = hurry ? Duration.ZERO : deadline.dividedBy(2);
        if (began.isEmpty() || age(began.getAsLong()).compareTo(tolerated) < 0) {
            return Future.failedFuture(otherwise);
        }
        deployment.mailbox().interrupt(began.getAsLong());
        Promise<T> promise = Promise.promise();
        Duration ran = hurry || deadline.isZero() ? age(began.getAsLong()) : deadline;
        look(new Freeing<>(step, ran, began.getAsLong(), promise, otherwise), System.nanoTime());
        return promise.future();
    }

    /**
     * A slice that is to end.
     *
     * @param ran for so long
     * @param slice by its begin
     * @param promise fails once that is settled
     * @param otherwise with what it fails where the slice ended by the interrupt
     */
    private record Freeing<T>(Optional<Step> step, Duration ran, long slice, Promise<T> promise, Throwable otherwise) {}

    private <T> void look(Freeing<T> freeing, long since) {
        if (hasEnded(freeing.slice)) {
            freeing.promise.fail(freeing.otherwise);
        } else if (age(since).compareTo(GRACE) < 0) {
            thread.after(LOOK, () -> look(freeing, since));
        } else {
            Frames frames = frames();
            // Before its code ends: nothing more of it is to be called then.
            giveUp();
            if (deployment.classLoader() instanceof PluginClassLoader loader && loader.condemn()) {
                lookAgain(freeing, System.nanoTime(), frames);
            } else {
                settle(freeing, failures.stuck(freeing.step, freeing.ran, frames));
            }
        }
    }

    private <T> void lookAgain(Freeing<T> freeing, long since, Frames before) {
        if (hasEnded(freeing.slice)) {
            settle(freeing, failures.condemned(freeing.step, freeing.ran, before));
        } else if (age(since).compareTo(LAST_GRACE) < 0) {
            thread.after(LOOK, () -> lookAgain(freeing, since, before));
        } else {
            settle(freeing, failures.stuck(freeing.step, freeing.ran, frames()));
        }
    }

    private <T> void settle(Freeing<T> freeing, StepException settled) {
        end = settled;
        freeing.promise.fail(settled);
    }

    private boolean hasEnded(long slice) {
        OptionalLong now = deployment.mailbox().sliceStartedNanos();
        return now.isEmpty() || now.getAsLong() != slice;
    }

    /** What its slice does now. */
    private Frames frames() {
        Thread runs = deployment.mailbox().runningOn().orElse(Thread.currentThread());
        return Frames.of(runs, String.valueOf(deployment.classLoader().getName()));
    }

    /** How its code ended, or that it did not, where it had to be condemned or given up. */
    Optional<StepException> end() {
        return Optional.ofNullable(end);
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
