package io.dataprism.kernel.manifest;

import java.nio.file.Path;
import java.util.List;

/**
 * A plugin's file, read and checked.
 *
 * @param file the jar, or the folder of a plugin under development
 * @param sha256 of the jar's bytes, in lower-case hex; of a folder, of its files' names and bytes
 * @param libraries the names of the jars nested in it ({@code lib/<name>.jar})
 */
public record PluginArtifact(Path file, String sha256, PluginManifest manifest, List<String> libraries) {
    public PluginArtifact {
        libraries = List.copyOf(libraries);
    }

    /** Those of the libraries that load native code, as the manifest says. */
    public List<String> nativeLibraries() {
        return libraries.stream()
                .filter(library ->
                        manifest.nativeLibraries().stream().anyMatch(named -> LibraryName.matches(named, library)))
                .toList();
    }
}
