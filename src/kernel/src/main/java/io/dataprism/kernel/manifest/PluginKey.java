package io.dataprism.kernel.manifest;

import io.dataprism.api.PluginId;

/** One version of one plugin. Ordered by id, then by version, oldest first. */
public record PluginKey(PluginId id, Version version) implements Comparable<PluginKey> {
    @Override
    public int compareTo(PluginKey other) {
        int ids = id.compareTo(other.id);
        return ids != 0 ? ids : version.compareTo(other.version);
    }

    /** For example {@code charts@1.2.0}. */
    @Override
    public String toString() {
        return id + "@" + version;
    }
}
