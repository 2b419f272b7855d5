package io.dataprism.kernel.manifest;

import io.dataprism.api.PluginId;

/**
 * What a plugin needs.
 *
 * @param target the plugin, or the capability that any plugin may provide
 * @param range which versions of the plugin, or of the plugin that provides the capability, will do
 * @param optional whether the plugin also works without; an optional dependency orders the start but pulls nothing in
 */
public record Dependency(Target target, VersionRange range, boolean optional) {

    /** What is depended on. */
    public sealed interface Target permits OnPlugin, OnCapability {}

    /** A plugin by its id. */
    public record OnPlugin(PluginId id) implements Target {
        @Override
        public String toString() {
            return "plugin '" + id + "'";
        }
    }

    /** Whichever plugin has the capability. */
    public record OnCapability(String capability) implements Target {
        @Override
        public String toString() {
            return "capability '" + capability + "'";
        }
    }
}
