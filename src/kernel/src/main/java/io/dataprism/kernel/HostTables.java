package io.dataprism.kernel;

import io.dataprism.api.CallOptions;
import io.dataprism.api.StreamOptions;
import io.dataprism.api.StreamReader;
import io.dataprism.api.TableCapabilities;
import io.dataprism.kernel.context.ProvidedTables;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Tables as the host application uses them: calls in its name, futures of whatever context it calls from. */
final class HostTables extends ProvidedTables {
    private final Kernel kernel;
    private final HostContext host;

    HostTables(Kernel kernel, KernelParts parts, HostContext host) {
        super("The host application", () -> parts.lifecycle().providerOf(TableCapabilities.CREATE));
        this.kernel = kernel;
        this.host = host;
    }

    @Override
    protected <T> Future<T> call(String plugin, String capability, JsonObject request, CallOptions options) {
        return kernel.call(plugin, capability, request, options);
    }

    @Override
    protected <T> Future<StreamReader<T>> stream(
            String plugin, String capability, JsonObject request, StreamOptions options) {
        return kernel.stream(plugin, capability, request, options);
    }

    @Override
    protected <T> Future<T> failed(Throwable cause) {
        return host.deliver(Future.failedFuture(cause));
    }
}
