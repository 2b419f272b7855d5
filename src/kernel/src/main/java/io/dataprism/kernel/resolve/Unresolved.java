package io.dataprism.kernel.resolve;

import io.dataprism.api.PluginId;

/**
 * A wanted plugin that can't run.
 *
 * @param code what kind of obstacle, for example {@code DP-0240} for a cycle
 * @param message who asked for what, what was found, what to do
 */
public record Unresolved(PluginId id, String code, String message) {}
