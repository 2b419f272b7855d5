package io.dataprism.kernel.resolve;

import io.dataprism.kernel.manifest.PluginManifest;
import java.util.List;
import java.util.stream.Collectors;

/** How messages name plugins. */
final class Names {
    private Names() {}

    /** {@code 'chat' 1.2.0}. */
    static String of(PluginManifest manifest) {
        return "'" + manifest.id() + "' " + manifest.version();
    }

    /** {@code 1.4.1 and 1.2.0}. */
    static String versions(List<PluginManifest> manifests) {
        return manifests.stream().map(manifest -> manifest.version().toString()).collect(Collectors.joining(" and "));
    }
}
