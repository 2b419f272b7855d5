package io.dataprism.files.detect;

import java.util.List;
import java.util.regex.Pattern;

/**
 * How numbers are written.
 *
 * @param decimal the decimal sign
 * @param thousands the sign between groups of three digits; NUL for none
 */
record Numbers(char decimal, char thousands) {
    private static final Pattern DOT_ONLY =
            Pattern.compile("[+-]?\\d*\\.\\d{1,2}|[+-]?\\d*\\.\\d{4,}|[+-]?\\d{4,}\\.\\d+|[+-]?0\\.\\d+");
    private static final Pattern COMMA_ONLY =
            Pattern.compile("[+-]?\\d*,\\d{1,2}|[+-]?\\d*,\\d{4,}|[+-]?\\d{4,},\\d+|[+-]?0,\\d+");
    private static final Pattern DOT_GROUPS =
            Pattern.compile("[+-]?\\d{1,3}(\\.\\d{3}){2,}|[+-]?\\d{1,3}(\\.\\d{3})+,\\d+");
    private static final Pattern COMMA_GROUPS =
            Pattern.compile("[+-]?\\d{1,3}(,\\d{3}){2,}|[+-]?\\d{1,3}(,\\d{3})+\\.\\d+");
    private static final Pattern EITHER_COMMA = Pattern.compile("[+-]?\\d{1,3},\\d{3}");
    private static final Pattern PLAIN = Pattern.compile("[+-]?\\d+");
    // gives back no digit it has taken: a long row of them would be tried at each length
    private static final Pattern DOUBLE = Pattern.compile("[+-]?(\\d++(\\.\\d*+)?+|\\.\\d++)([eE][+-]?\\d{1,3})?");
    private static final Pattern LEADING_ZERO = Pattern.compile("[+-]?0\\d+");

    /** What most of the values tell; {@code 1,234} alone is taken for a thousand, {@code 1.234} for a bit more than one. */
    static Numbers of(List<String> values) {
        int dot = 0;
        int comma = 0;
        int dotGroups = 0;
        int commaGroups = 0;
        int eitherComma = 0;
        for (String value : values) {
            dot += matches(DOT_ONLY, value);
            comma += matches(COMMA_ONLY, value);
            dotGroups += matches(DOT_GROUPS, value);
            commaGroups += matches(COMMA_GROUPS, value);
            eitherComma += matches(EITHER_COMMA, value);
        }
        if (comma + dotGroups > dot + commaGroups) {
            return new Numbers(',', dotGroups > 0 ? '.' : 0);
        }
        return new Numbers('.', commaGroups + eitherComma > 0 ? ',' : 0);
    }

    private static int matches(Pattern pattern, String value) {
        return pattern.matcher(value).matches() ? 1 : 0;
    }

    /** Whether {@code value} is a whole number that nothing is lost of when it is read as one. */
    boolean isLong(String value) {
        String plain = plain(value);
        return PLAIN.matcher(plain).matches() && !LEADING_ZERO.matcher(plain).matches() && plain.length() <= 18;
    }

    boolean isDouble(String value) {
        String plain = plain(value);
        if (LEADING_ZERO.matcher(plain).matches()
                || plain.isEmpty()
                || !DOUBLE.matcher(plain).matches()) {
            return false;
        }
        // a long row of digits is a number of somebody or something, not a measure
        return plain.contains(".") || plain.contains("e") || plain.contains("E") || plain.length() <= 18;
    }

    /** With a dot and without groups; an empty text if the groups are not of three digits. */
    private String plain(String value) {
        String text = value;
        if (thousands != 0 && text.indexOf(thousands) >= 0) {
            String group = Pattern.quote(String.valueOf(thousands));
            String sign = Pattern.quote(String.valueOf(decimal));
            if (!text.matches("[+-]?\\d{1,3}(" + group + "\\d{3})+(" + sign + "\\d*)?")) {
                return "";
            }
            text = text.replace(String.valueOf(thousands), "");
        }
        if (decimal != '.' && text.indexOf('.') >= 0) {
            return "";
        }
        return text.replace(decimal, '.');
    }
}
