package io.dataprism.charts.svg;

import io.dataprism.charts.font.Typeface;
import java.awt.BasicStroke;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.IOException;

/** What can be painted on. Coordinates grow to the right and downwards. */
interface Surface {

    /** Remember transform and clip until {@link #restore}. */
    void save() throws IOException;

    void restore() throws IOException;

    void transform(AffineTransform transform) throws IOException;

    void clip(Shape shape) throws IOException;

    void fill(Shape shape, Ink ink, double opacity) throws IOException;

    void stroke(Shape shape, BasicStroke pen, Ink ink, double opacity) throws IOException;

    /** Write {@code text} with its base line's start at the origin. */
    void text(String text, Typeface typeface, double size, Ink ink, double opacity) throws IOException;

    /** Draw into the given box. */
    void image(BufferedImage image, double x, double y, double width, double height, double opacity) throws IOException;
}
