package io.dataprism.charts.svg;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** The gradients and clip paths of an SVG, which Vega writes at its end and paints refer to. */
final class Definitions {
    /** Vega wraps radial gradients in patterns of this name, so that they stay round. */
    private static final String PATTERN = "p_";

    private final Map<String, Ink.Gradient> gradients = new HashMap<>();
    private final Map<String, Shape> clips = new HashMap<>();
    private double width;
    private double height;

    static Definitions of(String svg) throws SvgException {
        Definitions definitions = new Definitions();
        XMLStreamReader in = SvgReader.open(svg);
        try {
            definitions.read(in);
            in.close();
        } catch (XMLStreamException e) {
            throw new SvgException("the SVG is not well formed: " + e.getMessage(), e);
        }
        return definitions;
    }

    private void read(XMLStreamReader in) throws XMLStreamException, SvgException {
        String clip = null;
        while (in.hasNext()) {
            int event = in.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                clip = element(in, clip);
            } else if (event == XMLStreamConstants.END_ELEMENT
                    && in.getLocalName().equals("clipPath")) {
                clip = null;
            }
        }
    }

    /** The clip path that is open after this element. */
    private @Nullable String element(XMLStreamReader in, @Nullable String clip)
            throws XMLStreamException, SvgException {
        String id = in.getAttributeValue(null, "id");
        switch (in.getLocalName()) {
            case "svg" -> {
                width = SvgReader.number(in, "width", 0);
                height = SvgReader.number(in, "height", 0);
            }
            case "clipPath" -> {
                return id;
            }
            case "path", "rect" -> {
                if (clip != null) {
                    clips.put(clip, shape(in));
                }
            }
            case "linearGradient" -> {
                Ink.Circle from = point(in, "x1", 0, "y1");
                Ink.Circle to = point(in, "x2", 1, "y2");
                gradients.put(id, new Ink.Gradient(from, to, stops(in), false));
            }
            case "radialGradient" -> {
                Ink.Circle from = circle(in, "fx", "fy", "fr", 0);
                Ink.Circle to = circle(in, "cx", "cy", "r", 0.5);
                gradients.put(id, new Ink.Gradient(from, to, stops(in), true));
            }
            default -> {
                return clip;
            }
        }
        return clip;
    }

    private static Ink.Circle point(XMLStreamReader in, String x, double otherwise, String y) throws SvgException {
        return new Ink.Circle(SvgReader.number(in, x, otherwise), SvgReader.number(in, y, 0), 0);
    }

    private static Ink.Circle circle(XMLStreamReader in, String x, String y, String radius, double otherwise)
            throws SvgException {
        return new Ink.Circle(
                SvgReader.number(in, x, 0.5), SvgReader.number(in, y, 0.5), SvgReader.number(in, radius, otherwise));
    }

    private static Shape shape(XMLStreamReader in) throws SvgException {
        String path = in.getAttributeValue(null, "d");
        return path != null ? PathData.parse(path) : rectangle(in);
    }

    static Rectangle2D rectangle(XMLStreamReader in) throws SvgException {
        return new Rectangle2D.Double(
                SvgReader.number(in, "x", 0),
                SvgReader.number(in, "y", 0),
                SvgReader.number(in, "width", 0),
                SvgReader.number(in, "height", 0));
    }

    private static List<Ink.Stop> stops(XMLStreamReader in) throws XMLStreamException, SvgException {
        String element = in.getLocalName();
        List<Ink.Stop> stops = new ArrayList<>();
        while (in.next() != XMLStreamConstants.END_ELEMENT || !in.getLocalName().equals(element)) {
            if (in.getEventType() == XMLStreamConstants.START_ELEMENT) {
                Color color = Optional.ofNullable(in.getAttributeValue(null, "stop-color"))
                        .flatMap(CssColor::parse)
                        .orElse(Color.BLACK);
                stops.add(new Ink.Stop(Math.max(0, Math.min(1, SvgReader.number(in, "offset", 0))), color));
            }
        }
        return stops;
    }

    double width() {
        return width;
    }

    double height() {
        return height;
    }

    /** What {@code url(#id)} stands for. */
    Optional<Ink> gradient(String reference) {
        String id = id(reference);
        String name = id.startsWith(PATTERN) ? id.substring(PATTERN.length()) : id;
        return Optional.ofNullable(gradients.get(name));
    }

    Optional<Shape> clip(String reference) {
        return Optional.ofNullable(clips.get(id(reference)));
    }

    private static String id(String reference) {
        int start = reference.indexOf('#');
        int end = reference.lastIndexOf(')');
        return start < 0 || end < start ? "" : reference.substring(start + 1, end);
    }
}
