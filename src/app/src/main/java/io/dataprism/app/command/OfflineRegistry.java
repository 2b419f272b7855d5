package io.dataprism.app.command;

import io.dataprism.api.PluginId;
import io.dataprism.app.input.BadInput;
import io.dataprism.kernel.admission.AdmissionOptions;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.registry.PluginRecord;
import io.dataprism.kernel.registry.PluginRegistry;
import io.dataprism.kernel.registry.PluginState;
import io.dataprism.kernel.registry.RegistryOptions;
import io.dataprism.kernel.store.DataFolder;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** What is installed in the data folder of a node that does not run. Locks the folder for as long as it works. */
final class OfflineRegistry {
    private OfflineRegistry() {}

    static JsonArray list(Path folder) {
        return Files.isDirectory(folder) ? with(folder, OfflineRegistry::list) : new JsonArray();
    }

    private static JsonArray list(PluginRegistry registry) {
        JsonArray all = new JsonArray();
        registry.all().forEach(record -> all.add(toJson(record)));
        return all;
    }

    static JsonObject review(Path folder, AdmissionOptions policy, ArtifactSource source) {
        return with(folder, policy, registry -> registry.review(source).toJson());
    }

    static JsonObject install(Path folder, AdmissionOptions policy, ArtifactSource source) {
        return with(folder, policy, registry -> toJson(registry.install(source)));
    }

    /** @param storage whether what it stores goes as well */
    static void remove(Path folder, String id, boolean storage) {
        try (DataFolder locked = DataFolder.open(folder)) {
            PluginRegistry registry = PluginRegistry.open(RegistryOptions.in(locked.path()));
            PluginId plugin = registry.require(id).id();
            List<PluginRecord> versions = registry.versions(plugin);
            OfflineStorage.removed(
                    locked,
                    plugin,
                    versions.stream().map(record -> record.artifact().sha256()).toList(),
                    storage);
            versions.forEach(record -> registry.remove(record.key()));
        } catch (IOException e) {
            throw BadInput.unreadable(folder, e);
        }
    }

    private static <T> T with(Path folder, Function<PluginRegistry, T> work) {
        return with(folder, AdmissionOptions.DEFAULT, work);
    }

    private static <T> T with(Path folder, AdmissionOptions policy, Function<PluginRegistry, T> work) {
        try (DataFolder locked = DataFolder.open(folder)) {
            return work.apply(
                    PluginRegistry.open(RegistryOptions.in(locked.path()).withAdmission(policy)));
        } catch (IOException e) {
            throw BadInput.unreadable(folder, e);
        }
    }

    private static JsonObject toJson(PluginRecord record) {
        return new JsonObject()
                .put("id", record.id().value())
                .put("version", record.version().toString())
                .put("state", PluginState.INSTALLED.label())
                .put("category", record.manifest().category().label())
                .put("description", record.manifest().description())
                .put("source", record.source())
                .put("sha256", record.artifact().sha256());
    }
}
