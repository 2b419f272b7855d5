package io.dataprism.kernel.registry;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.manifest.PluginKey;
import io.dataprism.kernel.manifest.VersionRange;
import java.util.List;
import java.util.Optional;

/** The plugins installed on this node. Safe for use by many threads; {@link #open}, {@link #install} and {@link #remove} block. */
@SuppressWarnings("DoNotCallSuggester")
public final class PluginRegistry {

    private PluginRegistry() {}

    /**
     * The registry of a data folder, with what was installed there before.
     *
     * @throws io.dataprism.api.PluginException {@code DP-0250} when its index was written by a newer version, {@code DP-0251} when
     *     the index can't be read
     */
    public static PluginRegistry open(RegistryOptions options) {
        throw new UnsupportedOperationException("registry");
    }

    /**
     * Fetch, check, keep and register an artifact. What is installed already is answered as it is.
     *
     * @throws io.dataprism.kernel.manifest.ManifestException when the artifact is not in order
     * @throws io.dataprism.api.PluginException when it can't be fetched, has another hash than it must, or ({@code DP-0202}) the same id and
     *     version are installed with other bytes
     */
    public PluginRecord install(ArtifactSource source) {
        throw new UnsupportedOperationException("registry");
    }

    /** Forget a version and delete its files. Whether there was one. Its plugin must not be running. */
    public boolean remove(PluginKey key) {
        throw new UnsupportedOperationException("registry");
    }

    /** Everything installed, by id, newest version first. */
    public List<PluginRecord> all() {
        throw new UnsupportedOperationException("registry");
    }

    /** All versions of a plugin, newest first; none when it is not installed. */
    public List<PluginRecord> versions(PluginId id) {
        throw new UnsupportedOperationException("registry");
    }

    public Optional<PluginRecord> find(PluginKey key) {
        throw new UnsupportedOperationException("registry");
    }

    /** The newest version that {@code range} includes. */
    public Optional<PluginRecord> newest(PluginId id, VersionRange range) {
        throw new UnsupportedOperationException("registry");
    }

    /**
     * The newest version of a plugin; releases go before pre-releases.
     *
     * @throws PluginNotFoundException when no version is installed
     */
    public PluginRecord require(String id) {
        throw new UnsupportedOperationException("registry");
    }
}
