package io.dataprism.kernel;

import io.dataprism.kernel.desired.DesiredState;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A kernel as a verticle, for whoever prefers to deploy one by its name:
 *
 * <pre>{@code
 * vertx.deployVerticle("io.dataprism.kernel.KernelVerticle", new DeploymentOptions().setConfig(config));
 * }</pre>
 *
 * The configuration holds what {@link KernelOptions#fromJson} reads, and under {@code plugins} what {@link DesiredState#fromJson} reads.
 * Deployed once every wanted plugin was brought as far as it comes; undeployed once all have stopped. It answers the operator
 * at {@code kernel:<noun>:<verb>}.
 */
public final class KernelVerticle extends VerticleBase {
    private static final String PLUGINS = "plugins";

    private @Nullable Kernel kernel;

    @Override
    public Future<?> start() {
        JsonObject options = config().copy();
        options.remove(PLUGINS);
        return Future.succeededFuture()
                .compose(go -> Kernel.create(vertx, KernelOptions.fromJson(options)))
                .compose(made -> {
                    kernel = made;
                    return made.apply(DesiredState.fromJson(config().getJsonObject(PLUGINS, new JsonObject())));
                });
    }

    @Override
    public Future<?> stop() {
        return kernel == null
                ? Future.succeededFuture()
                : kernel.close(kernel.options().closeWithin());
    }
}
