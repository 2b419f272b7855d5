package io.dataprism.kernel.manifest;

import io.dataprism.api.PluginId;
import java.util.Comparator;

/** One version of one plugin. Ordered by id, then by version, oldest first. */
public record PluginKey(PluginId id, Version version) implements Comparable<PluginKey> {
    private static final Comparator<PluginKey> ORDER =
            Comparator.comparing(PluginKey::id).thenComparing(PluginKey::version);

    @Override
    public int compareTo(PluginKey other) {
        return ORDER.compare(this, other);
    }

    /** For example {@code charts@1.2.0}. */
    @Override
    public String toString() {
        return id + "@" + version;
    }
}
