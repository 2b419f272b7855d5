package io.dataprism.kernel.manifest;

import java.nio.file.Path;
import java.util.List;

/** Reads an artifact without running anything of it. Blocks. */
@SuppressWarnings("DoNotCallSuggester")
public final class ArtifactReader {

    /**
     * The artifact at {@code path}: a jar, or a folder with {@code plugin.yaml} in it (or in its {@code target/classes}).
     *
     * @throws ManifestException with everything that is wrong with it
     */
    public PluginArtifact read(Path path) {
        throw new UnsupportedOperationException("artifact reading");
    }

    /** Everything that is wrong with it, warnings too; empty when it is in order. */
    public List<Problem> check(Path path) {
        throw new UnsupportedOperationException("artifact reading");
    }
}
