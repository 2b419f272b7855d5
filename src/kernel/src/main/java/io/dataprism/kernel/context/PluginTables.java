package io.dataprism.kernel.context;

import io.dataprism.api.CallOptions;
import io.dataprism.api.StreamOptions;
import io.dataprism.api.StreamReader;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Tables as a plugin uses them: calls in its name, futures of its slices. */
final class PluginTables extends ProvidedTables {
    private final PluginRuntime runtime;

    PluginTables(PluginRuntime runtime) {
        super("Plugin '" + runtime.id() + "'", runtime.tableProvider());
        this.runtime = runtime;
    }

    @Override
    protected <T> Future<T> call(String plugin, String capability, JsonObject request, CallOptions options) {
        return runtime.endpoint().calls().call(plugin, capability, request, options);
    }

    @Override
    protected <T> Future<StreamReader<T>> stream(
            String plugin, String capability, JsonObject request, StreamOptions options) {
        return runtime.endpoint().calls().stream(plugin, capability, request, options);
    }

    @Override
    protected <T> Future<T> failed(Throwable cause) {
        return runtime.deployment().failed(cause);
    }
}
