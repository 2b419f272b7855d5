package io.dataprism.kernel.registry;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.admission.Signer;
import io.dataprism.kernel.manifest.PluginArtifact;
import io.dataprism.kernel.manifest.PluginKey;
import io.dataprism.kernel.manifest.PluginManifest;
import io.dataprism.kernel.manifest.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One installed version of a plugin.
 *
 * @param artifact as it lies in the store, or the folder itself of a plugin under development
 * @param classPath the jar or folder first, then its libraries, all on this machine's disk
 * @param source where it came from, as it was written
 * @param signers who signed all of it, whether or not anybody trusts them
 */
public record PluginRecord(
        PluginArtifact artifact, List<Path> classPath, String source, Instant installed, List<Signer> signers) {
    public PluginRecord {
        signers = List.copyOf(signers);
        classPath = List.copyOf(classPath);
    }

    /** Those of {@link #classPath} that load native code, as the manifest says. */
    public List<Path> nativeClassPath() {
        List<String> libraries = artifact.nativeLibraries();
        return classPath.stream()
                .skip(1)
                .filter(path -> libraries.contains("lib/" + path.getFileName()))
                .toList();
    }

    /**
     * Where what guarding made of its classes is kept; empty for a folder under development, and where nothing outlives the node. Gone with the artifact.
     * Blocks.
     */
    public Optional<Path> guardedClasses() {
        return Optional.ofNullable(artifact.file().getParent())
                .map(folder -> folder.resolve(ArtifactStore.GUARDED))
                .filter(folder -> Files.isRegularFile(artifact.file()) && Files.isDirectory(folder));
    }

    /** The fingerprints of who signed all of it. */
    public List<String> fingerprints() {
        return signers.stream().map(Signer::fingerprint).toList();
    }

    public PluginManifest manifest() {
        return artifact.manifest();
    }

    public PluginId id() {
        return manifest().id();
    }

    public Version version() {
        return manifest().version();
    }

    public PluginKey key() {
        return manifest().key();
    }
}
