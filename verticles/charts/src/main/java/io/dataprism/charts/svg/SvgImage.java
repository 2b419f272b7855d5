package io.dataprism.charts.svg;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Images within an SVG. Only such as the SVG itself holds are shown. */
final class SvgImage {
    private static final String XLINK = "http://www.w3.org/1999/xlink";
    private static final Pattern DATA = Pattern.compile("data:image/(png|jpeg|gif);base64,(.*)", Pattern.DOTALL);

    private SvgImage() {}

    static void paint(XMLStreamReader in, Surface surface, double opacity) throws SvgException, IOException {
        BufferedImage image = decode(in);
        double width = SvgReader.number(in, "width", 0);
        double height = SvgReader.number(in, "height", 0);
        if (image == null || width <= 0 || height <= 0) {
            return;
        }
        double x = SvgReader.number(in, "x", 0);
        double y = SvgReader.number(in, "y", 0);
        if ("none".equals(in.getAttributeValue(null, "preserveAspectRatio"))) {
            surface.image(image, x, y, width, height, opacity);
            return;
        }
        double scale = Math.min(width / image.getWidth(), height / image.getHeight());
        double shownWidth = image.getWidth() * scale;
        double shownHeight = image.getHeight() * scale;
        surface.image(
                image, x + (width - shownWidth) / 2, y + (height - shownHeight) / 2, shownWidth, shownHeight, opacity);
    }

    private static @Nullable BufferedImage decode(XMLStreamReader in) throws IOException {
        String linked = in.getAttributeValue(XLINK, "href");
        String reference = linked != null ? linked : in.getAttributeValue(null, "href");
        Matcher data = DATA.matcher(reference == null ? "" : reference);
        if (!data.matches()) {
            return null;
        }
        return ImageIO.read(new ByteArrayInputStream(Base64.getMimeDecoder().decode(data.group(2))));
    }
}
