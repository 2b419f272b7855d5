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

    /**
     * Run {@code action} when {@code vertx} closes. Its failure does not keep the Vertx from closing.
     *
     * @return fails where it is closing already, or closed: then {@code action} is not run
     */
    public static Future<CloseHook> on(Vertx vertx, Supplier<Future<Void>> action) {
        Future<Runnable> removal =
                Internals.work() ? VertxClosing.before(vertx, action) : LastVerticle.on(vertx, action);
        return removal.map(CloseHook::new);
    }

    /** Take it back. */
    public void remove() {
        removal.run();
    }
}
