package io.dataprism.kernel.permission;

import io.dataprism.api.PluginException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a grant holds. What holds for good or until a time outlives the node, where that has a data folder.
 *
 * @param kind which way of ending it has
 * @param end when it is over, where that is known
 */
public record Term(Kind kind, Optional<Instant> end) {

    /** The ways in which a grant ends. */
    public enum Kind {
        ONCE,
        WHILE_RUNNING,
        UNTIL,
        FOR_GOOD
    }

    /** Until it was used once; only for what is over with the act itself, which publishing an event is. */
    public static final Term ONCE = new Term(Kind.ONCE, Optional.empty());

    /** Until the plugin stops. */
    public static final Term WHILE_RUNNING = new Term(Kind.WHILE_RUNNING, Optional.empty());

    /** Until it is taken back. */
    public static final Term FOR_GOOD = new Term(Kind.FOR_GOOD, Optional.empty());

    private static final Pattern SPAN = Pattern.compile("(\\d{1,9})([mhd])");

    public Term {
        if (end.isPresent() != (kind == Kind.UNTIL)) {
            throw new IllegalArgumentException("A grant ends at a time where it holds until then.");
        }
    }

    /** Until {@code end}. */
    public static Term until(Instant end) {
        return new Term(Kind.UNTIL, Optional.of(end));
    }

    /**
     * Read one as an operator writes it: {@code once}, {@code running}, {@code good}, a time from now such as {@code 8h}, {@code 30m} or {@code 7d},
     * a day, which counts to its end, or an instant such as {@code 2027-01-31T12:00:00Z}.
     *
     * @throws PluginException {@code DP-0505} for another text, or a time that is over
     */
    public static Term parse(String text, Clock clock) {
        return switch (text) {
            case "once" -> ONCE;
            case "running" -> WHILE_RUNNING;
            case "good" -> FOR_GOOD;
            default -> {
                Instant end = end(text, clock);
                if (!end.isAfter(clock.instant())) {
                    throw new PluginException(
                            "DP-0505", "A grant can't hold until '" + text + "', which is over. Name a later time.");
                }
                yield until(end);
            }
        };
    }

    private static Instant end(String text, Clock clock) {
        try {
            Matcher span = SPAN.matcher(text);
            if (span.matches()) {
                return clock.instant()
                        .plus(Duration.parse((span.group(2).equals("d") ? "P" : "PT") + text.toUpperCase(Locale.ROOT)));
            }
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text)
                            .plusDays(1)
                            .atStartOfDay(clock.getZone())
                            .toInstant();
        } catch (DateTimeException | ArithmeticException e) {
            throw new PluginException(
                    "DP-0505",
                    "'" + PluginException.excerpt(text)
                            + "' does not say how long a grant holds: expected once, running, good,"
                            + " a time from now such as 8h or 7d, a day such as 2027-01-31, or an instant such as"
                            + " 2027-01-31T12:00:00Z.",
                    e);
        }
    }

    boolean isOnce() {
        return kind == Kind.ONCE;
    }

    boolean isWhileRunning() {
        return kind == Kind.WHILE_RUNNING;
    }

    /** Whether the node's end is not its own. */
    public boolean outlives() {
        return kind == Kind.UNTIL || kind == Kind.FOR_GOOD;
    }

    /** Whether it is over by itself at {@code now}. */
    boolean isOver(Instant now) {
        return end.isPresent() && !now.isBefore(end.get());
    }

    /** In words, to stand after "holds". */
    public String text() {
        return switch (kind) {
            case ONCE -> "once";
            case WHILE_RUNNING -> "until the plugin stops";
            case UNTIL -> "until " + end.map(Instant::toString).orElse("");
            case FOR_GOOD -> "for good";
        };
    }
}
