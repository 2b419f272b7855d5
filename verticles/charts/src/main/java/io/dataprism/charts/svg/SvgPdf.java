package io.dataprism.charts.svg;

import java.awt.geom.AffineTransform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.util.Matrix;

/** An SVG as a PDF of one page of its size. The same SVG gives the same bytes. */
public final class SvgPdf {
    /** Points for each pixel: 72 an inch for 96 an inch. */
    private static final double POINTS = 0.75;

    private SvgPdf() {}

    public static byte[] write(String svg) throws SvgException, IOException {
        Definitions definitions = Definitions.of(svg);
        double width = Math.max(1, definitions.width() * POINTS);
        double height = Math.max(1, definitions.height() * POINTS);
        try (PDDocument document = new PDDocument()) {
            document.setDocumentId(Integer.toUnsignedLong(svg.hashCode()));
            PDPage page = new PDPage(new PDRectangle((float) width, (float) height));
            document.addPage(page);
            try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                content.transform(new Matrix(new AffineTransform(POINTS, 0, 0, -POINTS, 0, height)));
                SvgPainter.paint(svg, definitions, new PdfSurface(document, content));
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        }
    }
}
