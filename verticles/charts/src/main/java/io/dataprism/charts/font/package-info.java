/**
 * The fonts that charts are measured, painted and printed with: Roboto, carried along and read from its own tables. No font of
 * the machine and no font code of the JDK takes part, so that a chart has the same lines and widths everywhere.
 */
@NullMarked
package io.dataprism.charts.font;

import org.jspecify.annotations.NullMarked;
