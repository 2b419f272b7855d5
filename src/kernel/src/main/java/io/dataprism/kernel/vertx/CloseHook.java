package io.dataprism.kernel.vertx;

import io.vertx.core.Closeable;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.function.Supplier;

/**
 * Something to do before a Vertx closes: Vert.x runs it before it undeploys anything, and waits for it.
 */
public final class CloseHook {
    private final VertxInternal vertx;
    private final Closeable hook;

    private CloseHook(VertxInternal vertx, Closeable hook) {
        this.vertx = vertx;
        this.hook = hook;
    }

    /** Run {@code action} when {@code vertx} closes. Its failure does not keep the Vertx from closing. */
    public static CloseHook on(Vertx vertx, Supplier<Future<Void>> action) {
        CloseHook made = new CloseHook((VertxInternal) vertx, new Hook(action));
        made.vertx.addCloseHook(made.hook);
        return made;
    }

    /** Take it back. */
    public void remove() {
        vertx.removeCloseHook(hook);
    }

    private record Hook(Supplier<Future<Void>> action) implements Closeable {
        @Override
        public void close(Completable<Void> completion) {
            action.get().onComplete(completion);
        }
    }
}
