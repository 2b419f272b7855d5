/**
 * Makes named modules of a folder of jars, for the launcher: {@link io.dataprism.modules.ClosedModules} reads them as {@link io.dataprism.modules.Library
 * libraries}, learns from their {@link io.dataprism.modules.References code} who uses whom, and writes each with a {@link io.dataprism.modules.ClosedDescriptor
 * descriptor} that exports to its neighbours alone. What plugins may see is exported to all.
 */
@NullMarked
package io.dataprism.modules;

import org.jspecify.annotations.NullMarked;
