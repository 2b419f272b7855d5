/** The plugin {@code charts}: Vega-Lite specifications, and charts that it picks itself, as SVG, PNG and PDF. */
@NullMarked
package io.dataprism.charts;

import org.jspecify.annotations.NullMarked;
