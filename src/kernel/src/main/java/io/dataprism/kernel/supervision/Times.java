package io.dataprism.kernel.supervision;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as manifests and messages write them, for example {@code 200ms}. */
final class Times {
    /** The form, without what stands around it; two groups. */
    static final String FORM = "([1-9][0-9]{0,8}) ?(ms|s|m|h)";

    private static final Pattern PATTERN = Pattern.compile(FORM);

    private Times() {}

    static Optional<Duration> parse(String text) {
        Matcher matcher = PATTERN.matcher(text);
        return matcher.matches() ? Optional.of(of(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /** From the two groups of {@link #FORM}. */
    static Duration of(String amount, String unit) {
        long number = Long.parseLong(amount);
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    /** In the largest unit that divides it. */
    static String text(Duration time) {
        long millis = time.toMillis();
        if (millis % 1_000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1_000;
        return seconds % 3_600 == 0 && seconds > 0
                ? seconds / 3_600 + "h"
                : seconds % 60 == 0 && seconds > 60 ? seconds / 60 + "m" : seconds + "s";
    }
}
