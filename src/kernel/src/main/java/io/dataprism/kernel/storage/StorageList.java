package io.dataprism.kernel.storage;

import io.dataprism.api.PluginId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** What all plugins store, for the operator, as JSON. */
public final class StorageList {
    private StorageList() {}

    /** One row for each of {@code stored}, read one after the other: there may be thousands. */
    public static Future<JsonObject> of(PluginStorages storages, Future<Map<PluginId, Boolean>> stored) {
        return stored.compose(all -> {
            Future<JsonArray> rows = Future.succeededFuture(new JsonArray());
            for (Map.Entry<PluginId, Boolean> each : all.entrySet()) {
                rows = rows.compose(
                        before -> row(storages, each.getKey(), each.getValue()).map(before::add));
            }
            return rows.map(array -> new JsonObject().put("plugins", array));
        });
    }

    private static Future<JsonObject> row(PluginStorages storages, PluginId plugin, boolean left) {
        JsonObject row = new JsonObject().put("id", plugin.value()).put("left", left);
        return storages.usage(plugin)
                .map(usage -> row.put("bytes", usage.bytes()).put("keys", usage.keys()))
                .recover(unreadable -> Future.succeededFuture(row.put("problem", unreadable.getMessage())));
    }
}
