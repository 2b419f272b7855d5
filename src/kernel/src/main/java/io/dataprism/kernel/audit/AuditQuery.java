package io.dataprism.kernel.audit;

import io.dataprism.api.PluginException;
import io.vertx.core.json.JsonObject;
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
 * Which lines are wanted.
 *
 * @param plugin lines of what this plugin did, and of what was done to it
 * @param who lines of an actor, by its label: {@code plugin:weather}, {@code user:ada}, {@code operator}; a kind alone means all of that kind
 * @param decision lines of this decision
 * @param since lines that are no older
 * @param until lines that are older
 * @param text lines in which this stands, in whatever case
 * @param after lines behind that number, oldest first; empty: the newest ones
 * @param limit so many at most
 */
public record AuditQuery(
        Optional<String> plugin,
        Optional<String> who,
        Optional<Decision> decision,
        Optional<Instant> since,
        Optional<Instant> until,
        Optional<String> text,
        Optional<Long> after,
        int limit) {
    /** The most lines that can be asked for at once. */
    public static final int MOST = 10_000;

    private static final int USUAL = 50;
    private static final Pattern AGO = Pattern.compile("(\\d{1,6})(s|m|h|d)");

    /** The newest {@code limit} lines of all. */
    public static AuditQuery newest(int limit) {
        return new AuditQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                limit);
    }

    /** The first {@code limit} lines behind number {@code sequence}. */
    public AuditQuery after(long sequence, int limit) {
        return new AuditQuery(plugin, who, decision, since, until, text, Optional.of(sequence), limit);
    }

    /**
     * What {@code json} says, its fields named as here. Times are an instant, a day, or an age such as {@code 2h}.
     *
     * @throws PluginException {@code DP-0856} that says which field is wrong
     */
    public static AuditQuery fromJson(JsonObject json, Clock clock) {
        return new AuditQuery(
                text(json, "plugin"),
                text(json, "who"),
                text(json, "decision").map(AuditQuery::decision),
                text(json, "since").map(time -> time("since", time, clock)),
                text(json, "until").map(time -> time("until", time, clock)),
                text(json, "text"),
                number(json, "after", Long.MAX_VALUE),
                number(json, "limit", MOST).map(Long::intValue).orElse(USUAL));
    }

    private static Optional<String> text(JsonObject json, String field) {
        Object value = json.getValue(field);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text) {
            return Optional.of(text);
        }
        throw wrong(field, "a text", value);
    }

    private static Optional<Long> number(JsonObject json, String field, long most) {
        Object value = json.getValue(field);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Number number && number.longValue() >= 0 && number.longValue() <= most) {
            return Optional.of(number.longValue());
        }
        throw wrong(field, "a number from 0 to " + most, value);
    }

    private static Decision decision(String text) {
        return Decision.of(text)
                .orElseThrow(() -> wrong("decision", "one of " + String.join(", ", Decision.labels()), text));
    }

    private static Instant time(String field, String text, Clock clock) {
        try {
            Matcher ago = AGO.matcher(text);
            if (ago.matches()) {
                return clock.instant().minus(duration(Long.parseLong(ago.group(1)), ago.group(2)));
            }
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(clock.getZone()).toInstant();
        } catch (DateTimeException e) {
            throw wrong(
                    field,
                    "an instant such as 2027-01-31T12:00:00Z, a day such as 2027-01-31, or an age such as 2h",
                    text);
        }
    }

    private static Duration duration(long amount, String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    private static PluginException wrong(String field, String expected, Object found) {
        return new PluginException(
                "DP-0856",
                "The audit log can't be searched: '" + field + "' must be " + expected + ", but is '"
                        + PluginException.excerpt(found.toString()) + "'.");
    }

    boolean wants(AuditLine line) {
        AuditEntry entry = line.entry();
        return after.map(number -> line.sequence() > number).orElse(true)
                && plugin.map(id -> isAbout(entry, id)).orElse(true)
                && who.map(label -> isOf(entry.who(), label)).orElse(true)
                && decision.map(entry.decision()::equals).orElse(true)
                && since.map(time -> !line.at().isBefore(time)).orElse(true)
                && until.map(line.at()::isBefore).orElse(true)
                && text.map(part -> contains(entry, part.toLowerCase(Locale.ROOT)))
                        .orElse(true);
    }

    private static boolean isAbout(AuditEntry entry, String id) {
        String label = "plugin:" + id;
        return isOf(entry.who(), label)
                || entry.target().equals(label)
                || entry.target().startsWith(label + " ");
    }

    private static boolean isOf(Actor who, String label) {
        return who.label().equals(label) || who.kind().label().equals(label);
    }

    private static boolean contains(AuditEntry entry, String part) {
        return (entry.who().label() + " " + entry.what() + " " + entry.target() + " " + entry.why() + " "
                        + entry.cause())
                .toLowerCase(Locale.ROOT)
                .contains(part);
    }
}
