package io.dataprism.kernel.lifecycle;

import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;

/** What Vert.x sees of a plugin: a verticle whose life follows the plugin's. The steps are the lifecycle's to run. */
final class HostVerticle implements Deployable {

    @Override
    public Future<?> deploy(Context context) {
        return Future.succeededFuture();
    }

    @Override
    public Future<?> undeploy(Context context) {
        return Future.succeededFuture();
    }
}
