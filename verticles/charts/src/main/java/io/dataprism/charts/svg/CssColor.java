package io.dataprism.charts.svg;

import java.awt.Color;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/** Colours as CSS writes them. */
final class CssColor {
    private static final Properties NAMES = names();

    private CssColor() {}

    /** Empty for what is no colour, {@code none} among it. */
    static Optional<Color> parse(String text) {
        String colour = text.strip().toLowerCase(Locale.ROOT);
        if (colour.startsWith("#")) {
            return hex(colour.substring(1));
        }
        int bracket = colour.indexOf('(');
        if (bracket > 0 && colour.endsWith(")")) {
            String[] parts =
                    colour.substring(bracket + 1, colour.length() - 1).strip().split("[\\s,/]+", -1);
            return function(colour.substring(0, bracket), parts);
        }
        if (colour.equals("transparent")) {
            return Optional.of(new Color(0, 0, 0, 0));
        }
        return Optional.ofNullable(NAMES.getProperty(colour)).flatMap(CssColor::hex);
    }

    private static Optional<Color> hex(String digits) {
        if (!digits.matches("[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8}")) {
            return Optional.empty();
        }
        String full = digits.length() > 4 ? digits : digits.replaceAll("([0-9a-f])", "$1$1");
        int red = Integer.parseInt(full.substring(0, 2), 16);
        int green = Integer.parseInt(full.substring(2, 4), 16);
        int blue = Integer.parseInt(full.substring(4, 6), 16);
        int alpha = full.length() == 8 ? Integer.parseInt(full.substring(6), 16) : 255;
        return Optional.of(new Color(red, green, blue, alpha));
    }

    private static Optional<Color> function(String name, String[] parts) {
        if (parts.length < 3) {
            return Optional.empty();
        }
        try {
            double alpha = parts.length > 3 ? number(parts[3], 1) : 1;
            return switch (name) {
                case "rgb", "rgba" ->
                    Optional.of(colour(
                            number(parts[0], 255) / 255,
                            number(parts[1], 255) / 255,
                            number(parts[2], 255) / 255,
                            alpha));
                case "hsl", "hsla" ->
                    Optional.of(hsl(
                            number(parts[0].replace("deg", ""), 360), number(parts[1], 1), number(parts[2], 1), alpha));
                default -> Optional.empty();
            };
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** A number, or a percentage of {@code whole}. */
    private static double number(String text, double whole) {
        return text.endsWith("%")
                ? Double.parseDouble(text.substring(0, text.length() - 1)) / 100 * whole
                : Double.parseDouble(text);
    }

    private static Color hsl(double hue, double saturation, double lightness, double alpha) {
        double reach = saturation * Math.min(lightness, 1 - lightness);
        return colour(
                channel(0, hue, lightness, reach),
                channel(8, hue, lightness, reach),
                channel(4, hue, lightness, reach),
                alpha);
    }

    private static double channel(int offset, double hue, double lightness, double reach) {
        double turn = (offset + (hue % 360 + 360) / 30) % 12;
        return lightness - reach * Math.max(-1, Math.min(Math.min(turn - 3, 9 - turn), 1));
    }

    private static Color colour(double red, double green, double blue, double alpha) {
        return new Color((float) unit(red), (float) unit(green), (float) unit(blue), (float) unit(alpha));
    }

    private static double unit(double value) {
        return Math.max(0, Math.min(1, value));
    }

    private static Properties names() {
        Properties names = new Properties();
        try (InputStream in = CssColor.class.getResourceAsStream("colors.properties")) {
            names.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("The colour names cannot be read", e);
        }
        return names;
    }
}
