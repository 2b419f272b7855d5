package io.dataprism.kernel.resolve;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.manifest.VersionRange;

/** A plugin that somebody asked for, in a version that will do. */
public record Wanted(PluginId id, VersionRange range) {

    public static Wanted any(PluginId id) {
        return new Wanted(id, VersionRange.ANY);
    }
}
