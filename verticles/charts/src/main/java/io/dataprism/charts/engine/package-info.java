/**
 * A Vega-Lite (or Vega) specification and its data to a picture.
 *
 * <p>{@link io.dataprism.charts.engine.ChartEngine#draw} has the specification checked ({@link io.dataprism.charts.spec}), samples data that
 * is too long, borrows a JavaScript world from the pool, lets Vega draw, and gives back a {@link
 * io.dataprism.charts.engine.Drawing}: the SVG and what there is to say about it. {@link io.dataprism.charts.svg} makes the PNG
 * and the PDF from it. A world reaches nothing of the host: no file, no network, no thread, no Java.
 */
@NullMarked
package io.dataprism.charts.engine;

import org.jspecify.annotations.NullMarked;
