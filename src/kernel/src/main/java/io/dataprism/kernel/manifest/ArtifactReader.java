package io.dataprism.kernel.manifest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads an artifact without running anything of it. Blocks. */
public final class ArtifactReader {

    private ArtifactReader() {}

    /**
     * The artifact at {@code path}: a jar, or the folder of a plugin under development, with {@code plugin.yaml} in it or in its {@code
     * target/classes}.
     *
     * @throws ManifestException with everything that is wrong with it
     */
    public static PluginArtifact read(Path path) {
        return read(path, path.toString());
    }

    /**
     * As {@link #read(Path)}.
     *
     * @param name what problems call the artifact, where it was copied from somewhere else
     */
    public static PluginArtifact read(Path path, String name) {
        return artifact(inspect(path, name, Optional.empty()));
    }

    /**
     * The same of a jar whose hash is known: it is believed, which saves most of the time.
     *
     * @param sha256 in lower-case hex
     */
    public static PluginArtifact readHashed(Path path, String name, String sha256) {
        return artifact(inspect(path, name, Optional.of(sha256)));
    }

    private static PluginArtifact artifact(Inspection inspection) {
        return inspection.artifact().orElseThrow(() -> new ManifestException(inspection.errors()));
    }

    /** Everything that is wrong with it, warnings too; empty when it is in order. */
    public static List<Problem> check(Path path) {
        return inspect(path, path.toString(), Optional.empty()).problems();
    }

    private static Inspection inspect(Path path, String name, Optional<String> sha256) {
        if (!Files.exists(path)) {
            return Inspection.refused(Problem.error(
                    "DP-0203",
                    name,
                    "There is no such file or folder: expected a plugin's jar or folder. Check the path."));
        }
        try {
            if (Files.isDirectory(path)) {
                return FolderReader.read(path, name);
            }
            if (name.endsWith(".js") || name.endsWith(".wasm")) {
                return Inspection.refused(
                        Problem.error(
                                "DP-0204",
                                name,
                                "Plugins of this kind of file can't be run by this version: expected a jar. Build the plugin as a jar."));
            }
            if (name.endsWith(".yaml") || name.endsWith(".yml")) {
                return Inspection.refused(
                        Problem.error(
                                "DP-0204",
                                name,
                                "This is a manifest without its plugin: expected a jar or a folder. Give the plugin's jar, or its project's folder."));
            }
            return JarReader.read(path, name, sha256);
        } catch (IOException e) {
            return Inspection.refused(Problem.error(
                    "DP-0203",
                    name,
                    "It can't be read (" + e + "). Check that it is there and that this user may read it."));
        }
    }
}
