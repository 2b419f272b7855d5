package io.dataprism.charts.engine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How like two SVGs are: the same bytes, the same but for the last digits of numbers, or different. */
enum SvgComparison {
    IDENTICAL,
    WITHIN_TOLERANCE,
    DIFFERENT;

    static final double TOLERANCE = 1e-6;
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?(e[-+]?\\d+)?");

    static SvgComparison of(String expected, String actual) {
        if (expected.equals(actual)) {
            return IDENTICAL;
        }
        boolean sameWords = NUMBER.matcher(expected)
                .replaceAll("#")
                .equals(NUMBER.matcher(actual).replaceAll("#"));
        return sameWords && sameNumbers(expected, actual) ? WITHIN_TOLERANCE : DIFFERENT;
    }

    private static boolean sameNumbers(String expected, String actual) {
        Matcher left = NUMBER.matcher(expected);
        Matcher right = NUMBER.matcher(actual);
        while (left.find() && right.find()) {
            double a = Double.parseDouble(left.group());
            double b = Double.parseDouble(right.group());
            if (Math.abs(a - b) > TOLERANCE * Math.max(1, Math.abs(a))) {
                return false;
            }
        }
        return true;
    }
}
