package io.dataprism.charts.svg;

import io.dataprism.charts.font.Typeface;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.util.Matrix;

/** Writes a page's content. Shapes stay vectors; text stays text, so that it can be searched, selected and read aloud. */
final class PdfSurface implements Surface {
    private final PDDocument document;
    private final PDPageContentStream content;
    private final PdfResources resources;

    PdfSurface(PDDocument document, PDPageContentStream content) {
        this.document = document;
        this.content = content;
        this.resources = new PdfResources(document);
    }

    @Override
    public void save() throws IOException {
        content.saveGraphicsState();
    }

    @Override
    public void restore() throws IOException {
        content.restoreGraphicsState();
    }

    @Override
    public void transform(AffineTransform transform) throws IOException {
        content.transform(new Matrix(transform));
    }

    @Override
    public void clip(Shape shape) throws IOException {
        path(shape);
        content.clip();
    }

    @Override
    public void fill(Shape shape, Ink ink, double opacity) throws IOException {
        if (!path(shape)) {
            return;
        }
        if (ink instanceof Ink.Flat flat) {
            color(flat.color(), opacity);
            content.fill();
        } else {
            content.saveGraphicsState();
            content.clip();
            shade((Ink.Gradient) ink, shape.getBounds2D(), opacity);
            content.restoreGraphicsState();
        }
    }

    @Override
    public void stroke(Shape shape, BasicStroke pen, Ink ink, double opacity) throws IOException {
        if (!(ink instanceof Ink.Flat flat)) {
            fill(pen.createStrokedShape(shape), ink, opacity);
            return;
        }
        if (!path(shape)) {
            return;
        }
        content.setLineWidth(pen.getLineWidth());
        content.setLineCapStyle(pen.getEndCap());
        content.setLineJoinStyle(pen.getLineJoin());
        content.setMiterLimit(pen.getMiterLimit());
        float[] dashes = pen.getDashArray();
        content.setLineDashPattern(dashes == null ? new float[0] : dashes, dashes == null ? 0 : pen.getDashPhase());
        content.setGraphicsStateParameters(resources.opacity(alpha(flat.color(), opacity)));
        Color color = flat.color();
        content.setStrokingColor(color.getRed() / 255f, color.getGreen() / 255f, color.getBlue() / 255f);
        content.stroke();
    }

    @Override
    public void text(String text, Typeface typeface, double size, Ink ink, double opacity) throws IOException {
        if (!(ink instanceof Ink.Flat flat) || !text.codePoints().allMatch(typeface::has)) {
            fill(typeface.outline(text, size), ink, opacity);
            return;
        }
        color(flat.color(), opacity);
        content.beginText();
        content.setFont(resources.font(typeface), (float) size);
        content.setTextMatrix(Matrix.getScaleInstance(1, -1));
        content.showText(text);
        content.endText();
    }

    @Override
    public void image(BufferedImage image, double x, double y, double width, double height, double opacity)
            throws IOException {
        PDImageXObject object = LosslessFactory.createFromImage(document, image);
        content.setGraphicsStateParameters(resources.opacity(opacity));
        content.drawImage(object, new Matrix((float) width, 0, 0, (float) -height, (float) x, (float) (y + height)));
    }

    private void color(Color color, double opacity) throws IOException {
        content.setGraphicsStateParameters(resources.opacity(alpha(color, opacity)));
        content.setNonStrokingColor(color.getRed() / 255f, color.getGreen() / 255f, color.getBlue() / 255f);
    }

    private static double alpha(Color color, double opacity) {
        return opacity * color.getAlpha() / 255;
    }

    private void shade(Ink.Gradient gradient, Rectangle2D bounds, double opacity) throws IOException {
        Rectangle2D box = gradient.box(bounds);
        content.setGraphicsStateParameters(resources.opacity(opacity));
        content.transform(new Matrix(
                (float) box.getWidth(), 0, 0, (float) box.getHeight(), (float) box.getX(), (float) box.getY()));
        content.shadingFill(PdfShading.of(gradient));
    }

    /** Whether there is anything in the path. */
    private boolean path(Shape shape) throws IOException {
        double[] c = new double[6];
        Path2D cubic = new Path2D.Double();
        boolean any = false;
        for (PathIterator it = shape.getPathIterator(null); !it.isDone(); it.next()) {
            int kind = it.currentSegment(c);
            segment(kind, c, cubic);
            any |= kind != PathIterator.SEG_MOVETO;
        }
        return any;
    }

    private void segment(int kind, double[] c, Path2D cubic) throws IOException {
        switch (kind) {
            case PathIterator.SEG_MOVETO -> {
                content.moveTo((float) c[0], (float) c[1]);
                cubic.moveTo(c[0], c[1]);
            }
            case PathIterator.SEG_LINETO -> {
                content.lineTo((float) c[0], (float) c[1]);
                cubic.lineTo(c[0], c[1]);
            }
            case PathIterator.SEG_QUADTO -> {
                double x = cubic.getCurrentPoint().getX();
                double y = cubic.getCurrentPoint().getY();
                content.curveTo(
                        (float) (x + 2 * (c[0] - x) / 3),
                        (float) (y + 2 * (c[1] - y) / 3),
                        (float) (c[2] + 2 * (c[0] - c[2]) / 3),
                        (float) (c[3] + 2 * (c[1] - c[3]) / 3),
                        (float) c[2],
                        (float) c[3]);
                cubic.lineTo(c[2], c[3]);
            }
            case PathIterator.SEG_CUBICTO -> {
                content.curveTo((float) c[0], (float) c[1], (float) c[2], (float) c[3], (float) c[4], (float) c[5]);
                cubic.lineTo(c[4], c[5]);
            }
            default -> {
                content.closePath();
                cubic.closePath();
            }
        }
    }
}
