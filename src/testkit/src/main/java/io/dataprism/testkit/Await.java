package io.dataprism.testkit;

import io.dataprism.api.PluginException;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waits on the test's thread, never longer than it must. */
public final class Await {
    /**
     * How long is waited at most where a test says nothing else; {@code -Ddataprism.test.limit=60} sets it, in seconds. Under a debugger it
     * is an hour.
     */
    public static final Duration LIMIT = Patience.of(Duration.ofSeconds(Long.getLong("dataprism.test.limit", 20)));

    private static final long POLL_NANOS = Duration.ofMillis(2).toNanos();

    private Await() {}

    /**
     * The value of {@code future}.
     *
     * @param what what is waited for, as the failure shall name it
     * @throws RuntimeException the future's own failure, if it is one; anything else as an {@link AssertionError} with it as cause
     */
    public static <T> @Nullable T result(String what, Future<T> future) {
        return result(what, future, LIMIT, () -> "");
    }

    /** The value of {@code future}, which must have one. */
    public static <T> T value(String what, Future<T> future) {
        return value(what, future, () -> "");
    }

    static <T> T value(String what, Future<T> future, Supplier<String> situation) {
        T value = result(what, future, LIMIT, situation);
        if (value == null) {
            throw new AssertionError("Expected a value from " + what + ", but got none.");
        }
        return value;
    }

    static <T> @Nullable T result(String what, Future<T> future, Duration limit, Supplier<String> situation) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw asUnchecked(what, e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError(late(what, limit, situation), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for " + what + ".", e);
        }
    }

    /**
     * The failure of {@code future}.
     *
     * @throws AssertionError if it succeeds
     */
    public static Throwable failure(String what, Future<?> future) {
        try {
            Object value = result(what, future);
            throw new AssertionError("Expected " + what + " to fail, but it gave " + value + ".");
        } catch (PluginException e) {
            return e;
        } catch (AssertionError e) {
            if (future.failed()) {
                return future.cause();
            }
            throw e;
        } catch (RuntimeException e) {
            return e;
        }
    }

    /** Wait until {@code condition} holds. */
    public static void until(String what, BooleanSupplier condition) {
        until(what, condition, LIMIT, () -> "");
    }

    static void until(String what, BooleanSupplier condition, Duration limit, Supplier<String> situation) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError(late(what, limit, situation));
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static String late(String what, Duration limit, Supplier<String> situation) {
        return "Waited " + limit.toMillis() / 1000.0 + " s in vain for " + what + ". " + situation.get();
    }

    private static RuntimeException asUnchecked(String what, @Nullable Throwable cause) {
        if (cause instanceof RuntimeException unchecked) {
            return unchecked;
        }
        throw new AssertionError("Failed while waiting for " + what + ": " + cause, cause);
    }
}
