package io.dataprism.child.context;

import io.dataprism.api.PluginId;

/**
 * Who the plugin is.
 *
 * @param version as its manifest says
 * @param node the name of the node that it runs on
 */
public record Identity(PluginId id, String version, String node) {}
