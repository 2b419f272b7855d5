package io.dataprism.api;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;
import java.util.function.Function;

/** Reads a stream to its end, in a loop and not in a chain of futures, which would grow with it. */
final class StreamLoop<T> {
    private final StreamReader<T> reader;
    private final Function<? super T, Future<?>> handler;
    private final Promise<Void> end = Promise.promise();

    StreamLoop(StreamReader<T> reader, Function<? super T, Future<?>> handler) {
        this.reader = reader;
        this.handler = handler;
    }

    Future<Void> run() {
        next();
        return end.future();
    }

    private void next() {
        reader.next().onComplete(this::read);
    }

    private void read(AsyncResult<Optional<T>> item) {
        if (item.failed()) {
            end.fail(item.cause());
        } else if (item.result().isEmpty()) {
            end.complete();
        } else {
            handled(item.result().get()).onComplete(this::goOn);
        }
    }

    private Future<?> handled(T item) {
        try {
            return handler.apply(item);
        } catch (RuntimeException thrown) {
            return Future.failedFuture(thrown);
        }
    }

    private void goOn(AsyncResult<?> handled) {
        if (handled.succeeded()) {
            next();
        } else {
            reader.close().onComplete(closed -> end.fail(handled.cause()));
        }
    }
}
