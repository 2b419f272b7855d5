package io.dataprism.charts.svg;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Locale;

/** An SVG as a PNG. */
public final class SvgPng {
    private SvgPng() {}

    /**
     * Paint it.
     *
     * @param scale pixels for each unit of the SVG
     * @param maxPixels fails with {@link SvgException.TooLarge} for more
     */
    public static byte[] write(String svg, double scale, long maxPixels) throws SvgException, IOException {
        Definitions definitions = Definitions.of(svg);
        double width = Math.max(1, Math.ceil(definitions.width() * scale));
        double height = Math.max(1, Math.ceil(definitions.height() * scale));
        if (!(width * height <= maxPixels)) {
            throw new SvgException.TooLarge(String.format(
                    Locale.ROOT,
                    "The picture would have %.0f × %.0f pixels, but at most %d are painted. Ask for a smaller scale than %s.",
                    width,
                    height,
                    maxPixels,
                    scale));
        }
        BufferedImage image = new BufferedImage((int) width, (int) height, BufferedImage.TYPE_INT_ARGB);
        SvgPainter.paint(svg, definitions, new PixelSurface(image, scale));
        return Png.write(image);
    }
}
