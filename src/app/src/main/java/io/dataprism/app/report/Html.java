package io.dataprism.app.report;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Texts and numbers as HTML. */
public final class Html {
    private static final MathContext FOUR_DIGITS = new MathContext(4, RoundingMode.HALF_UP);

    private Html() {}

    /** {@code text} with nothing in it that HTML would read as its own. */
    public static String text(@Nullable Object text) {
        return String.valueOf(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** A number for reading: whole, or of four digits; thousands apart, as in the charts. Any other value as text. */
    static String number(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (!(value instanceof Number number)) {
            return text(value);
        }
        double exact = number.doubleValue();
        if (!Double.isFinite(exact)) {
            return signed(String.valueOf(number));
        }
        if (exact == Math.rint(exact) && Math.abs(exact) < 1e15) {
            return signed(String.format(Locale.ROOT, "%,d", number.longValue()));
        }
        BigDecimal rounded = BigDecimal.valueOf(exact).round(FOUR_DIGITS).stripTrailingZeros();
        double size = rounded.abs().doubleValue();
        return signed(
                size < 1e7 && size > 1e-4
                        ? String.format(Locale.ROOT, "%,." + Math.max(0, rounded.scale()) + "f", rounded)
                        : power(rounded));
    }

    /** Two digits after the point. */
    static String hundredths(double value) {
        return signed(String.format(Locale.ROOT, "%.2f", value));
    }

    private static String power(BigDecimal value) {
        int exponent = value.precision() - value.scale() - 1;
        return value.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "\u202f·\u202f10<sup>" + exponent
                + "</sup>";
    }

    private static String signed(String number) {
        return number.replace('-', '\u2212');
    }

    /** The value of a JSON field for reading. */
    static String number(JsonObject json, String field) {
        return number(json.getValue(field));
    }

    /** A span of time for reading. */
    static String millis(long millis) {
        return millis < 1000 ? millis + "\u202fms" : String.format(Locale.ROOT, "%.1f\u202fs", millis / 1000.0);
    }

    /** A name that may stand as an anchor. */
    static String anchor(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }
}
