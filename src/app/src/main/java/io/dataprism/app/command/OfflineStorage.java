package io.dataprism.app.command;

import io.dataprism.api.PluginId;
import io.dataprism.app.input.BadInput;
import io.dataprism.kernel.storage.PluginStorages;
import io.dataprism.kernel.storage.StorageList;
import io.dataprism.kernel.storage.StoredUsage;
import io.dataprism.kernel.store.DataFolder;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** What plugins store in the data folder of a node that does not run. Locks the folder for as long as it works. */
final class OfflineStorage {
    private OfflineStorage() {}

    static JsonObject list(Path folder) {
        return with(folder, storages -> StorageList.of(storages, Future.succeededFuture(storages.stored())));
    }

    static StoredUsage export(Path folder, PluginId plugin, Path file) {
        return with(folder, storages -> storages.export(plugin, file));
    }

    static void delete(Path folder, PluginId plugin) {
        with(folder, storages -> storages.delete(plugin));
    }

    static void keep(Path folder, PluginId plugin) {
        with(folder, storages -> storages.keep(plugin));
    }

    /** {@code plugin} is about to be removed: what it stores stays for its {@code artifacts}, or goes. */
    static void removed(DataFolder folder, PluginId plugin, List<String> artifacts, boolean delete) {
        try (PluginStorages storages = new PluginStorages(folder.storage(), Runnable::run)) {
            storages.left(plugin, artifacts);
            if (delete && storages.stored().containsKey(plugin)) {
                done(storages.delete(plugin));
            }
        }
    }

    private static <T> T with(Path folder, Function<PluginStorages, Future<T>> work) {
        try (DataFolder locked = DataFolder.open(folder);
                PluginStorages storages = new PluginStorages(locked.storage(), Runnable::run)) {
            return done(work.apply(storages));
        } catch (IOException e) {
            throw BadInput.unreadable(folder, e);
        }
    }

    /** It is: all work is done where it is asked for. */
    private static <T> T done(Future<T> future) {
        if (future.cause() instanceof RuntimeException failure) {
            throw failure;
        }
        return future.result();
    }
}
