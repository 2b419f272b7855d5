package io.dataprism.kernel.vertx;

import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/** A verticle whose stop is the hook, for want of a real one: it ends beside the others, not before them. */
final class LastVerticle implements Deployable {
    private final Supplier<Future<Void>> action;
    private volatile boolean removed;

    private LastVerticle(Supplier<Future<Void>> action) {
        this.action = action;
    }

    /** Run {@code action} when {@code vertx} closes; what is answered takes it back. Fails where it is closed already. */
    static Future<Runnable> on(Vertx vertx, Supplier<Future<Void>> action) {
        LastVerticle verticle = new LastVerticle(action);
        return Future.succeededFuture()
                .compose(go -> vertx.deployVerticle(verticle, new DeploymentOptions()))
                .map(id -> () -> verticle.remove(vertx, id));
    }

    private void remove(Vertx vertx, String id) {
        removed = true;
        vertx.undeploy(id);
    }

    @Override
    public Future<?> deploy(Context context) {
        return Future.succeededFuture();
    }

    @Override
    public Future<?> undeploy(Context context) {
        return removed ? Future.succeededFuture() : action.get().otherwiseEmpty();
    }
}
