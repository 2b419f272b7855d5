/**
 * Paints the SVG that Vega writes, as PNG and as PDF.
 *
 * <p>{@code SvgPainter} reads the SVG once, from start to end, and tells a {@code Surface} what to fill, stroke and write; {@code
 * PixelSurface} and {@code PdfSurface} do so. It knows what Vega writes (groups, paths, lines, rectangles, text, images, clip paths,
 * gradients) and no more of SVG. Text is drawn with the fonts of {@link io.dataprism.charts.font} in both, as outlines in a
 * PNG, as text in a PDF.
 */
@NullMarked
package io.dataprism.charts.svg;

import org.jspecify.annotations.NullMarked;
