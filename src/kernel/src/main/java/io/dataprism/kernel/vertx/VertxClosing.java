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

    /** Run {@code action} before {@code vertx} closes; what is answered takes it back. */
    static Runnable before(Vertx vertx, Supplier<Future<Void>> action) {
        VertxInternal inside = (VertxInternal) vertx;
        Closeable hook = new Hook(action);
        inside.addCloseHook(hook);
        return () -> inside.removeCloseHook(hook);
    }

    private record Hook(Supplier<Future<Void>> action) implements Closeable {
        @Override
        public void close(Completable<Void> completion) {
            action.get().onComplete(completion);
        }
    }
}
