package io.dataprism.charts.engine;

import io.dataprism.charts.svg.SvgPdf;
import io.dataprism.charts.svg.SvgPng;
import java.util.List;

/**
 * A chart that was drawn.
 *
 * @param svg the picture; it needs the font Roboto, and falls back to a sans-serif one
 * @param marks how many marks it has
 * @param notes what its reader should know: that rows were sampled, what Vega warned about
 * @param maxPixels how many pixels its PNG may have
 */
public record Drawing(String svg, int marks, List<String> notes, long maxPixels) {

    public Drawing {
        notes = List.copyOf(notes);
    }

    /**
     * As a PNG.
     *
     * @param scale pixels for each unit of the drawing
     */
    public byte[] png(double scale) {
        return Exports.guard("png", () -> SvgPng.write(svg, scale, maxPixels));
    }

    /** As a PDF of one page: lines and areas as vectors, text as text. */
    public byte[] pdf() {
        return Exports.guard("pdf", () -> SvgPdf.write(svg));
    }
}
