package io.dataprism.kernel.vertx;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/**
 * Something to do before a Vertx closes: Vert.x runs it before it undeploys anything, and waits for it. Where Vert.x's internals don't
 * work it is done while Vert.x undeploys.
 */
public final class CloseHook {
    private final Runnable removal;

    private CloseHook(Runnable removal) {
        this.removal = removal;
    }

    /** Run {@code action} when {@code vertx} closes. Its failure does not keep the Vertx from closing. */
    public static CloseHook on(Vertx vertx, Supplier<Future<Void>> action) {
        return new CloseHook(
                Internals.work() ? VertxClosing.before(vertx, action) : new LastVerticle(vertx, action)::remove);
    }

    /** Take it back. */
    public void remove() {
        removal.run();
    }
}
