package io.dataprism.app.node;

import io.dataprism.api.PluginException;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waiting for futures on a thread that may block. */
public final class Waiting {
    private Waiting() {}

    /** Wait no longer than that; whether it was done by then. A failure counts as done. */
    static boolean within(Duration limit, Future<?> future) throws InterruptedException {
        try {
            future.toCompletionStage().toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException e) {
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    /** Wait; what the future failed with is thrown as it is where it is one of ours. */
    public static <T> T on(Future<T> future) throws InterruptedException {
        try {
            return future.toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PluginException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
