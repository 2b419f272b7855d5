package io.dataprism.kernel;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.desired.DesiredState;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A kernel as a verticle, for whoever prefers to deploy one by its name:
 *
 * <pre>{@code
 * vertx.deployVerticle("io.dataprism.kernel.KernelVerticle", new DeploymentOptions().setConfig(new JsonObject()));
 * }</pre>
 *
 * The configuration holds what {@link KernelOptions#fromJson} reads, and under {@code plugins} what {@link DesiredState#fromJson} reads.
 * Deployed once every wanted plugin was brought as far as it comes; undeployed once all have stopped. It answers the operator
 * at {@code kernel:<noun>:<verb>}. Where the configuration is wrong the deployment fails with {@code DP-0801}, which lists everything
 * wrong with it, and leaves no kernel behind.
 */
public final class KernelVerticle extends VerticleBase {
    private static final String PLUGINS = "plugins";

    private @Nullable Kernel kernel;

    @Override
    public Future<?> start() {
        JsonObject options = config().copy();
        options.remove(PLUGINS);
        // All is read before a kernel is made: one that a failed deployment left behind would be in the way of the next
        return Future.succeededFuture().compose(go -> start(KernelOptions.fromJson(options), desired(config())));
    }

    private static DesiredState desired(JsonObject config) {
        Object plugins = config.getValue(PLUGINS, new JsonObject());
        if (plugins instanceof JsonObject object) {
            return DesiredState.fromJson(object);
        }
        throw new PluginException(
                "DP-0801",
                "Kernel option '" + PLUGINS + "' must be an object from plugin id to what is wanted, but is '"
                        + PluginException.excerpt(String.valueOf(plugins)) + "'.");
    }

    private Future<Void> start(KernelOptions options, DesiredState desired) {
        return Kernel.create(vertx, options)
                .onSuccess(made -> kernel = made)
                .compose(made -> made.apply(desired).recover(failure -> closed(made, failure)));
    }

    /** A verticle that failed to start is never stopped. */
    private static Future<Void> closed(Kernel kernel, Throwable failure) {
        return kernel.close(kernel.options().closeWithin()).transform(any -> Future.failedFuture(failure));
    }

    @Override
    public Future<?> stop() {
        return kernel == null
                ? Future.succeededFuture()
                : kernel.close(kernel.options().closeWithin());
    }
}
