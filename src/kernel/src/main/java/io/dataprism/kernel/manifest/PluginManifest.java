package io.dataprism.kernel.manifest;

import io.dataprism.api.Category;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.supervision.SupervisionTerms;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code plugin.yaml} says, checked. Immutable but for the JSON Schemas it holds, which nobody changes.
 *
 * @param main the class that implements {@link io.dataprism.api.Plugin}
 * @param api which versions of the plugin API will do
 * @param capabilities those that the category fixes, and the plugin's own
 * @param idempotent those of them that may be called twice as well as once
 * @param exports the packages that plugins depending on this one may use
 * @param blocking whether its handlers wait for slow things, so that it needs threads apart from the shared ones
 * @param supervision what it says about being started again
 * @param nativeLibraries file names, with {@code *}, of the nested jars that load native code
 */
public record PluginManifest(
        PluginId id,
        Version version,
        String main,
        VersionRange api,
        Category category,
        String description,
        Set<String> capabilities,
        Set<String> idempotent,
        List<Dependency> dependencies,
        List<String> exports,
        List<String> nativeLibraries,
        List<RequestedPermission> permissions,
        Limits limits,
        Isolation isolation,
        boolean blocking,
        Activation activation,
        SupervisionTerms supervision,
        Optional<JsonObject> configSchema,
        Contracts contracts) {
    /** The name of the manifest's file, at the root of a jar or folder. */
    public static final String FILE = "plugin.yaml";

    public PluginManifest {
        capabilities = Set.copyOf(capabilities);
        idempotent = Set.copyOf(idempotent);
        dependencies = List.copyOf(dependencies);
        exports = List.copyOf(exports);
        nativeLibraries = List.copyOf(nativeLibraries);
        permissions = List.copyOf(permissions);
    }

    public PluginKey key() {
        return new PluginKey(id, version);
    }
}
