package io.dataprism.app.command;

import io.dataprism.api.PluginException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** A Vertx for the length of one command, and waiting for what it does. */
final class OneVertx {
    private OneVertx() {}

    /** Run {@code work}, wait for its result, close the Vertx. */
    static <T> T with(Function<Vertx, Future<T>> work) throws InterruptedException {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try {
            return await(work.apply(vertx));
        } finally {
            await(vertx.close());
        }
    }

    /** Wait; what the future failed with is thrown as it is where it is one of ours. */
    static <T> T await(Future<T> future) throws InterruptedException {
        try {
            return future.toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException | CompletionException e) {
            if (e.getCause() instanceof PluginException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
