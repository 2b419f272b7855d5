package io.dataprism.charts.font;

import java.util.Locale;

/**
 * A font as CSS and SVG name it.
 *
 * @param typeface the face that stands for it
 * @param size in pixels
 */
public record CssFont(Typeface typeface, double size) {
    private static final double DEFAULT_SIZE = 11;
    private static final int BOLD_FROM = 600;

    /** Read the short form: {@code [style] [variant] [weight] <size>px <family>}. */
    public static CssFont parse(String text) {
        boolean bold = false;
        boolean italic = false;
        for (String word : text.toLowerCase(Locale.ROOT).split("\\s+", -1)) {
            if (word.endsWith("px")) {
                return new CssFont(Typeface.of(bold, italic), size(word));
            }
            bold |= isBold(word);
            italic |= isItalic(word);
        }
        return new CssFont(Typeface.of(bold, italic), DEFAULT_SIZE);
    }

    /** Whether a {@code font-weight} calls for the bold face. */
    public static boolean isBold(String weight) {
        if (weight.startsWith("bold")) {
            return true;
        }
        return weight.matches("\\d{3,4}") && Integer.parseInt(weight) >= BOLD_FROM;
    }

    /** Whether a {@code font-style} calls for the italic face. */
    public static boolean isItalic(String style) {
        return "italic".equals(style) || style.startsWith("oblique");
    }

    /** A length in pixels; what is no length is the default size. */
    public static double size(String text) {
        String number = text.endsWith("px") ? text.substring(0, text.length() - 2) : text;
        try {
            double size = Double.parseDouble(number.strip());
            return Double.isFinite(size) && size >= 0 ? size : DEFAULT_SIZE;
        } catch (NumberFormatException e) {
            return DEFAULT_SIZE;
        }
    }

    /** How wide {@code text} is, in pixels. */
    public double width(String text) {
        return typeface.width(text, size);
    }
}
