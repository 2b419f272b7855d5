package io.dataprism.kernel.supervision;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many failures within what time are too many.
 *
 * @param failures the last one that is not followed by another start
 * @param within the time, looking back from each failure
 */
public record Intensity(int failures, Duration within) {
    /** The form of its text, as a schema checks it. */
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,3}) in " + Times.FORM);

    public Intensity {
        if (failures < 1 || within.isNegative() || within.isZero()) {
            throw new IllegalArgumentException(failures + " in " + within);
        }
    }

    /** From {@code 5 in 60s}. */
    public static Optional<Intensity> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(
                        new Intensity(Integer.parseInt(matcher.group(1)), Times.of(matcher.group(2), matcher.group(3))))
                : Optional.empty();
    }

    /** As {@link #parse} reads it. */
    public String text() {
        return failures + " in " + Times.text(within);
    }
}
