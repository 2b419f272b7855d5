package io.dataprism.kernel;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.storage.PluginStorages;
import io.dataprism.kernel.storage.StorageList;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The control operations on what plugins store. Safe to use from any thread; what blocks does so on the storages' threads or the kernel's. */
final class StorageDesk {
    private static final String NOTHING_STORED = "DP-0895";

    private final KernelParts parts;

    StorageDesk(KernelParts parts) {
        this.parts = parts;
    }

    /** Each operation by its {@code noun:verb}. */
    Map<String, Function<ControlRequest, Future<JsonObject>>> operations() {
        return Map.of(
                "storage:list",
                request -> StorageList.of(parts.storages(), parts.blocking(parts.storages()::stored)),
                "storage:export",
                this::export,
                "storage:delete",
                request -> on(request, PluginStorages::delete),
                "storage:keep",
                request -> on(request, PluginStorages::keep));
    }

    /** That nothing was stored for who was removed is as good as that it was deleted. */
    static Future<Void> noneIsFine(Throwable failure) {
        return failure instanceof PluginException known && known.code().equals(NOTHING_STORED)
                ? Future.succeededFuture()
                : Future.failedFuture(failure);
    }

    private Future<JsonObject> export(ControlRequest request) {
        Path file = Path.of(request.required("file"));
        return parts.storages()
                .export(plugin(request), file)
                .map(usage -> request.idOnly()
                        .put("file", file.toString())
                        .put("bytes", usage.bytes())
                        .put("keys", usage.keys()));
    }

    /** Of a plugin that need not be installed any more. */
    private static PluginId plugin(ControlRequest request) {
        return new PluginId(request.id());
    }

    private Future<JsonObject> on(
            ControlRequest request, BiFunction<PluginStorages, PluginId, Future<Void>> operation) {
        return operation.apply(parts.storages(), plugin(request)).map(done -> request.idOnly());
    }
}
