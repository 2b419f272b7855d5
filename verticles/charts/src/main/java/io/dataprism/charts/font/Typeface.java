package io.dataprism.charts.font;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.GlyphData;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/** One face of Roboto: widths, outlines, and the file itself for embedding. Safe for use by several threads. */
public final class Typeface {
    private static final String FOLDER = "/com/formdev/flatlaf/fonts/roboto/";
    /** From here on scripts are written in full-width signs, which Roboto has none of. */
    private static final int FULL_WIDTH = 0x2E80;

    private static final Typeface REGULAR = new Typeface("Roboto-Regular");
    private static final Typeface BOLD = new Typeface("Roboto-Bold");
    private static final Typeface ITALIC = new Typeface("Roboto-Italic");
    private static final Typeface BOLD_ITALIC = new Typeface("Roboto-BoldItalic");

    private final String file;
    private final TrueTypeFont font;
    private final CmapLookup cmap;
    private final double unitsPerEm;
    private final Map<Integer, Path2D> outlines = new ConcurrentHashMap<>();

    private Typeface(String name) {
        file = FOLDER + name + ".ttf";
        try (InputStream in = open()) {
            font = new TTFParser().parse(new RandomAccessReadBuffer(in));
            cmap = font.getUnicodeCmapLookup();
            unitsPerEm = font.getUnitsPerEm();
        } catch (IOException e) {
            throw new UncheckedIOException("The chart font " + file + " cannot be read", e);
        }
    }

    /** The face nearest to what was asked for; any family is shown in Roboto. */
    public static Typeface of(boolean bold, boolean italic) {
        if (bold) {
            return italic ? BOLD_ITALIC : BOLD;
        }
        return italic ? ITALIC : REGULAR;
    }

    /** The TrueType file. */
    public InputStream open() throws IOException {
        InputStream in = Typeface.class.getResourceAsStream(file);
        if (in == null) {
            throw new IOException(file + " is not on the class path");
        }
        return in;
    }

    /** Whether the face has a glyph for {@code codePoint}. */
    public boolean has(int codePoint) {
        return cmap.getGlyphId(codePoint) != 0;
    }

    /** How wide {@code text} is at {@code size}, in the unit of {@code size}. */
    public double width(String text, double size) {
        double units = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            units += advance(text.codePointAt(i));
        }
        return units * size / unitsPerEm;
    }

    /** The outline of {@code text} with its base line's start at the origin, y growing downwards. */
    public Path2D outline(String text, double size) {
        double scale = size / unitsPerEm;
        Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO);
        double x = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int codePoint = text.codePointAt(i);
            Path2D glyph = outlines.computeIfAbsent(cmap.getGlyphId(codePoint), this::read);
            AffineTransform place = new AffineTransform(scale, 0, 0, -scale, x * scale, 0);
            path.append(glyph.getPathIterator(place), false);
            x += advance(codePoint);
        }
        return path;
    }

    /** In font units. */
    private double advance(int codePoint) {
        int glyph = cmap.getGlyphId(codePoint);
        if (glyph == 0 && codePoint >= FULL_WIDTH) {
            return unitsPerEm;
        }
        try {
            return font.getAdvanceWidth(glyph);
        } catch (IOException e) {
            throw new UncheckedIOException("The widths of " + file + " cannot be read", e);
        }
    }

    private Path2D read(int glyph) {
        try {
            synchronized (font) {
                GlyphData data = font.getGlyph().getGlyph(glyph);
                return data == null ? new Path2D.Double() : new Path2D.Double(data.getPath());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The outlines of " + file + " cannot be read", e);
        }
    }
}
