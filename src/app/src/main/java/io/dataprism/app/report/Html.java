package io.dataprism.app.report;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Texts and numbers as HTML. */
final class Html {
    private static final MathContext FOUR_DIGITS = new MathContext(4, RoundingMode.HALF_UP);

    private Html() {}

    /** {@code text} with nothing in it that HTML would read as its own. */
    static String text(@Nullable Object text) {
        return String.valueOf(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** A number for reading: four digits, thousands apart; any other value as text. */
    static String number(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (!(value instanceof Number number)) {
            return text(value);
        }
        if (number.doubleValue() == Math.rint(number.doubleValue()) && Math.abs(number.doubleValue()) < 1e15) {
            return String.format(Locale.ROOT, "%,d", number.longValue()).replace(",", "\u202f");
        }
        BigDecimal rounded =
                BigDecimal.valueOf(number.doubleValue()).round(FOUR_DIGITS).stripTrailingZeros();
        return rounded.abs().compareTo(BigDecimal.valueOf(1e7)) < 0
                        && rounded.abs().compareTo(BigDecimal.valueOf(1e-4)) > 0
                ? rounded.toPlainString()
                : rounded.toString();
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
