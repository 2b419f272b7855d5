package io.dataprism.testkit;

import io.vertx.core.Vertx;
import java.util.function.Supplier;

/** A Vertx that ends with the scope of a test; in the form in which vertx-junit5 keeps its own. */
final class OwnedVertx implements Supplier<Vertx>, AutoCloseable {
    private final Vertx vertx = Vertx.vertx();

    @Override
    public Vertx get() {
        return vertx;
    }

    @Override
    public void close() {
        Await.result("Vertx to close", vertx.close());
    }
}
