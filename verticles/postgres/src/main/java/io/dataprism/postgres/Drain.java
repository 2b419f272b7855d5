package io.dataprism.postgres;

import io.dataprism.api.TableBatch;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads batches to their end, one after the other, in a loop and not in a chain of futures, which would grow with them. */
final class Drain {
    private final Supplier<Future<Optional<TableBatch>>> source;
    private final Function<TableBatch, Future<?>> sink;
    private final Promise<Void> end = Promise.promise();

    private Drain(Supplier<Future<Optional<TableBatch>>> source, Function<TableBatch, Future<?>> sink) {
        this.source = source;
        this.sink = sink;
    }

    static Future<Void> all(Supplier<Future<Optional<TableBatch>>> source, Function<TableBatch, Future<?>> sink) {
        Drain drain = new Drain(source, sink);
        drain.next();
        return drain.end.future();
    }

    private void next() {
        source.get().onComplete(this::read);
    }

    private void read(AsyncResult<Optional<TableBatch>> batch) {
        if (batch.failed()) {
            end.fail(batch.cause());
        } else if (batch.result().isEmpty()) {
            end.complete();
        } else {
            taken(batch.result().get()).onComplete(this::goOn);
        }
    }

    private Future<?> taken(TableBatch batch) {
        try {
            return sink.apply(batch);
        } catch (RuntimeException thrown) {
            return Future.failedFuture(thrown);
        }
    }

    private void goOn(AsyncResult<?> taken) {
        if (taken.succeeded()) {
            next();
        } else {
            end.fail(taken.cause());
        }
    }
}
