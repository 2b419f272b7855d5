package io.dataprism.charts.svg;

import io.dataprism.charts.font.CssFont;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads an SVG from start to end and paints each element as it comes. Used once, by one thread. */
final class SvgPainter {
    /** What is written for others than the eye, or was read before. */
    private static final Set<String> SKIPPED = Set.of("defs", "title", "desc", "metadata");

    private final Definitions definitions;
    private final Surface surface;
    private final Deque<Style> styles = new ArrayDeque<>();
    private @Nullable Line line;

    private SvgPainter(Definitions definitions, Surface surface) {
        this.definitions = definitions;
        this.surface = surface;
        styles.push(Style.ROOT);
    }

    static void paint(String svg, Definitions definitions, Surface surface) throws SvgException, IOException {
        XMLStreamReader in = SvgReader.open(svg);
        try {
            new SvgPainter(definitions, surface).read(in);
            in.close();
        } catch (XMLStreamException e) {
            throw new SvgException("the SVG is not well formed: " + e.getMessage(), e);
        }
    }

    private void read(XMLStreamReader in) throws XMLStreamException, SvgException, IOException {
        int skipping = 0;
        while (in.hasNext()) {
            int event = in.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                if (skipping > 0 || SKIPPED.contains(in.getLocalName())) {
                    skipping++;
                } else {
                    start(in);
                }
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                if (skipping > 0) {
                    skipping--;
                } else {
                    end(in.getLocalName());
                }
            } else if (event == XMLStreamConstants.CHARACTERS && line != null && skipping == 0) {
                write(line, in.getText());
            }
        }
    }

    private void start(XMLStreamReader in) throws SvgException, IOException {
        Style style = styles.element().of(in);
        styles.push(style);
        surface.save();
        String transform = in.getAttributeValue(null, "transform");
        if (transform != null) {
            surface.transform(Transforms.parse(transform));
        }
        String clip = in.getAttributeValue(null, "clip-path");
        if (clip != null) {
            Optional<Shape> shape = definitions.clip(clip);
            if (shape.isPresent()) {
                surface.clip(shape.get());
            }
        }
        if (!style.isHidden()) {
            element(in, style);
        }
    }

    private void element(XMLStreamReader in, Style style) throws SvgException, IOException {
        switch (in.getLocalName()) {
            case "path" -> {
                String data = in.getAttributeValue(null, "d");
                if (data != null) {
                    paint(PathData.parse(data), style);
                }
            }
            case "rect" -> paint(Definitions.rectangle(in), style);
            case "line" ->
                paint(
                        new Line2D.Double(
                                SvgReader.number(in, "x1", 0),
                                SvgReader.number(in, "y1", 0),
                                SvgReader.number(in, "x2", 0),
                                SvgReader.number(in, "y2", 0)),
                        style);
            case "text" -> line = new Line(SvgReader.number(in, "x", 0), SvgReader.number(in, "y", 0));
            case "tspan" -> {
                if (line != null) {
                    line = line.next(in);
                }
            }
            case "image" -> SvgImage.paint(in, surface, style.fillOpacity());
            case "svg", "g", "a" -> {}
            default -> throw new SvgException("the SVG has the unknown element <" + in.getLocalName() + ">");
        }
    }

    private void paint(Shape shape, Style style) throws SvgException, IOException {
        Optional<Ink> fill = shape instanceof Line2D ? Optional.empty() : style.fill(definitions);
        if (fill.isPresent()) {
            surface.fill(shape, fill.get(), style.fillOpacity());
        }
        Optional<Ink> stroke = style.stroke(definitions);
        if (stroke.isPresent() && style.strokeWidth() > 0) {
            surface.stroke(shape, style.pen(), stroke.get(), style.strokeOpacity());
        }
    }

    private void write(Line at, String text) throws SvgException, IOException {
        Style style = styles.element();
        if (text.isEmpty() || style.isHidden()) {
            return;
        }
        CssFont font = style.font();
        double width = font.width(text);
        double shift = switch (style.anchor()) {
            case "middle" -> width / 2;
            case "end" -> width;
            default -> 0;
        };
        surface.save();
        surface.transform(AffineTransform.getTranslateInstance(at.x - shift, at.y));
        Optional<Ink> stroke = style.stroke(definitions);
        if (stroke.isPresent() && style.strokeWidth() > 0) {
            Shape outline = font.typeface().outline(text, font.size());
            surface.stroke(outline, style.pen(), stroke.get(), style.strokeOpacity());
        }
        Optional<Ink> fill = style.fill(definitions);
        if (fill.isPresent()) {
            surface.text(text, font.typeface(), font.size(), fill.get(), style.fillOpacity());
        }
        surface.restore();
    }

    private void end(String element) throws IOException {
        if (element.equals("text")) {
            line = null;
        }
        styles.pop();
        surface.restore();
    }

    /** Where a line of text stands within its element. */
    private record Line(double x, double y) {
        Line next(XMLStreamReader in) throws SvgException {
            return new Line(SvgReader.number(in, "x", x), y + SvgReader.number(in, "dy", 0));
        }
    }
}
