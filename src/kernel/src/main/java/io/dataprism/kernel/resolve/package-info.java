/**
 * Which versions of which plugins run together, and in which order they start. Pure: no clock, no disk, no Vert.x.
 *
 * <p>{@link io.dataprism.kernel.resolve.DependencyResolver} takes the manifests of what is installed and what is {@link
 * io.dataprism.kernel.resolve.Wanted}, and gives a {@link io.dataprism.kernel.resolve.Resolution}: the start levels of
 * everything that fits together, and for everything else why not. One plugin that can't be resolved never stops the rest. {@link
 * io.dataprism.kernel.resolve.Resolutions} keeps the outcome of each part of a node, while the rest of it changes.
 */
@NullMarked
package io.dataprism.kernel.resolve;

import org.jspecify.annotations.NullMarked;
