package io.dataprism.kernel.vertx;

import io.vertx.core.Closeable;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.function.Supplier;

/** A close hook of Vert.x's. */
final class VertxClosing {
    private VertxClosing() {}

    /** Run {@code action} before {@code vertx} closes; what is answered takes it back. Fails where it closes already. */
    static Future<Runnable> before(Vertx vertx, Supplier<Future<Void>> action) {
        VertxInternal inside = (VertxInternal) vertx;
        Closeable hook = new Hook(action);
        // Not addCloseHook, which does not tell whether it is too late.
        return inside.closeFuture().add(hook)
                ? Future.succeededFuture(() -> inside.removeCloseHook(hook))
                : Future.failedFuture(new IllegalStateException("The Vertx is closed"));
    }

    /** No record: Vert.x keeps its hooks in a set, and what the JVM makes at the first hash of a record takes a fifth of a node's start. */
    private static final class Hook implements Closeable {
        private final Supplier<Future<Void>> action;

        Hook(Supplier<Future<Void>> action) {
            this.action = action;
        }

        @Override
        public void close(Completable<Void> completion) {
            action.get().onComplete(completion);
        }
    }
}
