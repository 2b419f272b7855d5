/**
 * What a plugin compiles against: tiny, Vert.x core and nothing else.
 *
 * <p>A plugin implements {@link io.dataprism.api.Plugin} (or one of {@link io.dataprism.api.VisualizationPlugin},
 * {@link io.dataprism.api.DataProcessingPlugin}, {@link io.dataprism.api.IntegrationPlugin}) and is given one
 * {@link io.dataprism.api.PluginContext}. The context is its identity: everything it does to the outside goes through
 * the context's facades, and every {@code Future} they return completes in the plugin's own slices, never two at once.
 *
 * <p>Nothing here needs a shared heap with the kernel or with another plugin. Payloads are {@code null}, strings,
 * numbers, booleans, {@code JsonObject}, {@code JsonArray}, {@code Buffer}, and handles ({@link
 * io.dataprism.api.TableHandle}, {@link io.dataprism.api.View}), which travel as JSON, and {@link io.dataprism.api.TableBatch}.
 */
@NullMarked
package io.dataprism.api;

import org.jspecify.annotations.NullMarked;
