package io.dataprism.app.command;

import io.dataprism.app.node.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.function.Function;

/** A Vertx for the length of one piece of work. */
final class OneVertx {
    private OneVertx() {}

    /** Run {@code work}, wait for its result, close the Vertx. */
    static <T> T with(Function<Vertx, Future<T>> work) throws InterruptedException {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try {
            return Waiting.on(work.apply(vertx));
        } finally {
            Waiting.on(vertx.close());
        }
    }
}
