package io.dataprism.kernel.vertx;

import io.dataprism.api.PluginId;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A Vertx with a deployer, for tests. */
final class Deployed implements AutoCloseable {
    final Vertx vertx;
    final PluginDeployer deployer;
    private final SlicePlace place;

    Deployed(Vertx vertx, CarrierOptions options, SlicePlace place) {
        this.vertx = vertx;
        this.deployer = PluginDeployer.on(vertx, options);
        this.place = place;
    }

    Deployed(Vertx vertx, CarrierOptions options) {
        this(vertx, options, SlicePlace.CARRIERS);
    }

    Deployed() {
        this(Vertx.vertx(), CarrierOptions.defaults());
    }

    PluginDeployment deploy(String id, VerticleBase verticle) throws Exception {
        return deploy(id, verticle, new DeploymentOptions().setConfig(new JsonObject().put("of", id)));
    }

    PluginDeployment deploy(String id, Deployable verticle, DeploymentOptions options) throws Exception {
        return await(start(id, verticle, options));
    }

    Future<PluginDeployment> start(String id, Deployable verticle, DeploymentOptions options) {
        return deployer.deploy(new PluginId(id), verticle, options, deployer.mailboxLimits(), place, SliceHook.NONE);
    }

    PluginDeployment deploy(String id) throws Exception {
        return deploy(id, new VerticleBase() {});
    }

    /** Run {@code work} in a slice and wait for its outcome. */
    static <T> T inSlice(PluginDeployment deployment, Supplier<Future<T>> work) throws Exception {
        return await(
                Future.future(promise -> deployment.execute(() -> work.get().onComplete(promise))));
    }

    static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        await(vertx.close());
        deployer.close();
    }
}
