/** Medians with bounds, and ratios of what was measured in the same round. */
@NullMarked
package io.dataprism.bench.stats;

import org.jspecify.annotations.NullMarked;
