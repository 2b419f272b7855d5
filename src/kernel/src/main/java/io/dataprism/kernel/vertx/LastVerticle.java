package io.dataprism.kernel.vertx;

import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/** A verticle whose stop is the hook, for want of a real one: it ends beside the others, not before them. */
final class LastVerticle implements Deployable {
    private final Vertx vertx;
    private final Supplier<Future<Void>> action;
    private final Future<String> deployed;
    private volatile boolean removed;

    LastVerticle(Vertx vertx, Supplier<Future<Void>> action) {
        this.vertx = vertx;
        this.action = action;
        this.deployed = vertx.deployVerticle(this, new io.vertx.core.DeploymentOptions());
    }

    void remove() {
        removed = true;
        deployed.onSuccess(vertx::undeploy);
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
