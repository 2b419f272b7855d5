package io.dataprism.app.pipeline;

import io.dataprism.api.CallOptions;
import io.dataprism.api.TableHandle;
import io.dataprism.api.TableSchema;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** How a run reaches plugins: blocking, on behalf of the host. Failures are {@link io.dataprism.api.PluginException}s. */
public interface PluginCalls {

    @Nullable
    Object call(String plugin, String capability, JsonObject request, CallOptions options) throws InterruptedException;

    TableSchema describe(TableHandle table) throws InterruptedException;
}
