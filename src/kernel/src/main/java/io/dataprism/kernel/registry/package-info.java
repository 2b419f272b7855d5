/**
 * What is installed on this node: several versions of a plugin side by side, each known by its artifact's hash.
 *
 * <p>An {@link io.dataprism.kernel.registry.ArtifactSource} says where an artifact comes from; fetched, it goes into the
 * content-addressed store {@code <data>/artifacts/<sha256>/}, where its nested libraries are unpacked; the {@link
 * io.dataprism.kernel.registry.PluginRegistry} remembers it in an index beside the store. Which state a running plugin is in
 * is the life cycle's to say; the states and their order are written here, in {@link io.dataprism.kernel.registry.PluginState}.
 */
@NullMarked
package io.dataprism.kernel.registry;

import org.jspecify.annotations.NullMarked;
