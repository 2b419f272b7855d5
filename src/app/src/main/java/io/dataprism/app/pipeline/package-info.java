/**
 * Pipelines: a short YAML of capability calls whose results have names.
 *
 * <p>{@link io.dataprism.app.pipeline.PipelineReader} turns a file into a {@link io.dataprism.app.pipeline.Pipeline} or into all that is
 * wrong with it: against the schema, then against the {@link io.dataprism.app.pipeline.Catalogue} of plugins that there are, then
 * reference by reference. {@link io.dataprism.app.pipeline.PipelineRun} carries the steps out one after the other, tells its {@link
 * io.dataprism.app.pipeline.PipelineListener} how it goes, and writes the files that steps save.
 */
@NullMarked
package io.dataprism.app.pipeline;

import org.jspecify.annotations.NullMarked;
