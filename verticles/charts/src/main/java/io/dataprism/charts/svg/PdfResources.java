package io.dataprism.charts.svg;

import io.dataprism.charts.font.Typeface;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.state.PDExtendedGraphicsState;

/** What a document's content refers to, each once. */
final class PdfResources {
    private static final int OPACITY_STEPS = 1000;

    private final PDDocument document;
    private final IdentityHashMap<Typeface, PDFont> fonts = new IdentityHashMap<>();
    private final Map<Integer, PDExtendedGraphicsState> opacities = new HashMap<>();

    PdfResources(PDDocument document) {
        this.document = document;
    }

    /** The face, of which only the glyphs that are used will be in the document. */
    PDFont font(Typeface typeface) throws IOException {
        PDFont font = fonts.get(typeface);
        if (font == null) {
            font = load(typeface);
            fonts.put(typeface, font);
        }
        return font;
    }

    private PDFont load(Typeface typeface) throws IOException {
        try (InputStream in = typeface.open()) {
            TrueTypeFont font = new TTFParser().parse(new RandomAccessReadBuffer(in));
            // Ligatures would make text wider or narrower than it was measured
            font.setEnableGsub(false);
            return PDType0Font.load(document, font, true);
        }
    }

    PDExtendedGraphicsState opacity(double opacity) {
        int step = (int) Math.round(opacity * OPACITY_STEPS);
        return opacities.computeIfAbsent(step, key -> {
            PDExtendedGraphicsState state = new PDExtendedGraphicsState();
            state.setNonStrokingAlphaConstant((float) step / OPACITY_STEPS);
            state.setStrokingAlphaConstant((float) step / OPACITY_STEPS);
            return state;
        });
    }
}
