package io.dataprism.kernel.supervision;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long to wait before a plugin that failed is started again: twice as long after each failure in a row, never less than {@code least}, never more than
 * {@code most}; the draw spreads those that fail together.
 *
 * @param least positive, so that nothing is started over and over without a pause
 */
public record BackOff(Duration least, Duration most) {
    private static final Pattern FORM = Pattern.compile(Times.FORM + "\\.\\." + Times.FORM);

    public BackOff {
        if (least.isNegative() || least.isZero() || most.compareTo(least) < 0) {
            throw new IllegalArgumentException(least + ".." + most);
        }
    }

    /** From {@code 200ms..30s}; empty as well where the second time is shorter than the first. */
    public static Optional<BackOff> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Duration least = Times.of(matcher.group(1), matcher.group(2));
        Duration most = Times.of(matcher.group(3), matcher.group(4));
        return most.compareTo(least) < 0 ? Optional.empty() : Optional.of(new BackOff(least, most));
    }

    /**
     * The pause after the {@code failure}-th failure in a row, counted from 1.
     *
     * @param draw between 0 and 1, by chance
     */
    public Duration after(int failure, double draw) {
        double first = (double) least.toNanos();
        double longest = Math.min((double) most.toNanos(), Math.scalb(first, Math.min(failure, 60)));
        double shortest = Math.max(first, longest / 2);
        return Duration.ofNanos((long) (shortest + draw * (longest - shortest)));
    }

    /** As {@link #parse} reads it. */
    public String text() {
        return Times.text(least) + ".." + Times.text(most);
    }
}
