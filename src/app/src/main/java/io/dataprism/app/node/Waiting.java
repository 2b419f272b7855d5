package io.dataprism.app.node;

import io.dataprism.api.PluginException;
import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;

/** Waiting for futures on a thread that may block. */
public final class Waiting {
    private Waiting() {}

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
