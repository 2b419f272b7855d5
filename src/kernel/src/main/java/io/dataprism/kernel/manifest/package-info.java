/**
 * From an artifact to its manifest, or to the list of everything that is wrong with it.
 *
 * <p>{@link io.dataprism.kernel.manifest.ArtifactReader} finds {@code plugin.yaml} in a jar or folder; the YAML is composed
 * into nodes that know their line and column, turned into JSON by the core rules of YAML 1.2, held against the one JSON
 * Schema ({@code plugin-manifest.schema.json}, which editors use, too), and then against the rules that a schema can't say.
 * What is left is a {@link io.dataprism.kernel.manifest.PluginManifest}. Nothing here runs plugin code or touches Vert.x
 * beyond its JSON types; everything may block.
 */
@NullMarked
package io.dataprism.kernel.manifest;

import org.jspecify.annotations.NullMarked;
