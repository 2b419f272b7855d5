package io.dataprism.charts.svg;

import io.dataprism.charts.font.CssFont;
import io.dataprism.charts.font.Typeface;
import java.awt.BasicStroke;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** How an element is painted: what it says itself, and what it inherits. */
final class Style {
    private static final Set<String> INHERITED = Set.of(
            "fill",
            "fill-opacity",
            "stroke",
            "stroke-opacity",
            "stroke-width",
            "stroke-linecap",
            "stroke-linejoin",
            "stroke-miterlimit",
            "stroke-dasharray",
            "stroke-dashoffset",
            "text-anchor",
            "font-size",
            "font-style",
            "font-weight");
    static final Style ROOT = new Style(Map.of(), 1, false);

    private final Map<String, String> attributes;
    private final double opacity;
    private final boolean hidden;

    private Style(Map<String, String> attributes, double opacity, boolean hidden) {
        this.attributes = attributes;
        this.opacity = opacity;
        this.hidden = hidden;
    }

    /** The style of the element that {@code in} stands at. */
    Style of(XMLStreamReader in) throws SvgException {
        Map<String, String> own = null;
        double through = opacity;
        boolean gone = hidden;
        for (int i = 0; i < in.getAttributeCount(); i++) {
            String name = in.getAttributeLocalName(i);
            if (INHERITED.contains(name)) {
                own = own == null ? new HashMap<>(attributes) : own;
                own.put(name, in.getAttributeValue(i));
            } else if (name.equals("opacity")) {
                through *= clamp(SvgReader.number(in.getAttributeValue(i), name));
            } else if (name.equals("display")) {
                gone |= in.getAttributeValue(i).equals("none");
            }
        }
        return new Style(own == null ? attributes : own, through, gone);
    }

    boolean isHidden() {
        return hidden || opacity == 0;
    }

    Optional<Ink> fill(Definitions definitions) {
        return ink(attributes.getOrDefault("fill", "black"), definitions);
    }

    Optional<Ink> stroke(Definitions definitions) {
        return ink(attributes.getOrDefault("stroke", "none"), definitions);
    }

    private static Optional<Ink> ink(String paint, Definitions definitions) {
        if (paint.startsWith("url(")) {
            return definitions.gradient(paint);
        }
        return CssColor.parse(paint).map(Ink.Flat::new);
    }

    double fillOpacity() throws SvgException {
        return opacity * clamp(number("fill-opacity", 1));
    }

    double strokeOpacity() throws SvgException {
        return opacity * clamp(number("stroke-opacity", 1));
    }

    double strokeWidth() throws SvgException {
        return number("stroke-width", 1);
    }

    BasicStroke pen() throws SvgException {
        int cap = switch (attributes.getOrDefault("stroke-linecap", "butt")) {
            case "round" -> BasicStroke.CAP_ROUND;
            case "square" -> BasicStroke.CAP_SQUARE;
            default -> BasicStroke.CAP_BUTT;
        };
        int join = switch (attributes.getOrDefault("stroke-linejoin", "miter")) {
            case "round" -> BasicStroke.JOIN_ROUND;
            case "bevel" -> BasicStroke.JOIN_BEVEL;
            default -> BasicStroke.JOIN_MITER;
        };
        float miter = (float) Math.max(1, number("stroke-miterlimit", 4));
        return new BasicStroke(
                (float) strokeWidth(), cap, join, miter, dashes(), (float) Math.max(0, number("stroke-dashoffset", 0)));
    }

    private float @Nullable [] dashes() throws SvgException {
        String text = attributes.getOrDefault("stroke-dasharray", "none").strip();
        if (text.isEmpty() || text.equals("none")) {
            return null;
        }
        String[] parts = text.split("[\\s,]+", -1);
        float[] dashes = new float[parts.length % 2 == 0 ? parts.length : parts.length * 2];
        float sum = 0;
        for (int i = 0; i < dashes.length; i++) {
            dashes[i] = (float) Math.max(0, SvgReader.number(parts[i % parts.length], "stroke-dasharray"));
            sum += dashes[i];
        }
        return sum > 0 ? dashes : null;
    }

    String anchor() {
        return attributes.getOrDefault("text-anchor", "start");
    }

    CssFont font() {
        boolean bold =
                CssFont.isBold(attributes.getOrDefault("font-weight", "normal").toLowerCase(Locale.ROOT));
        boolean italic =
                CssFont.isItalic(attributes.getOrDefault("font-style", "normal").toLowerCase(Locale.ROOT));
        return new CssFont(Typeface.of(bold, italic), CssFont.size(attributes.getOrDefault("font-size", "11px")));
    }

    private double number(String name, double otherwise) throws SvgException {
        String text = attributes.get(name);
        return text == null ? otherwise : SvgReader.number(text, name);
    }

    private static double clamp(double value) {
        return Math.max(0, Math.min(1, value));
    }
}
