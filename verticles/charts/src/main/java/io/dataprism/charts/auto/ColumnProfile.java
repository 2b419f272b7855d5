package io.dataprism.charts.auto;

import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is known about a column, of all that a profile may tell.
 *
 * @param rows how many rows the table has
 * @param missing in how many of them the column has no value
 * @param distinct how many different values it has, perhaps roughly
 * @param min the smallest value, as text
 * @param max the largest
 * @param spread how a number's values lie, where that is known
 */
public record ColumnProfile(
        String name,
        Kind kind,
        long rows,
        long missing,
        long distinct,
        Optional<String> min,
        Optional<String> max,
        Optional<Spread> spread) {
    private static final Pattern KEY = Pattern.compile(
            "(.*[_ .-])?(id|uuid|guid|key|index|idx|no|nr|code|zip|zipcode|postcode|phone|fips)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern CAMEL_KEY = Pattern.compile(".*[a-z](Id|ID|Key|Code|No)");

    /** The values below which 5, 25, 50, 75 and 95 of a hundred lie. */
    record Spread(double p05, double p25, double p50, double p75, double p95) {
        static Optional<Spread> fromJson(JsonObject json) {
            return Stream.of("p05", "p25", "p50", "p75", "p95").allMatch(name -> json.getValue(name) instanceof Number)
                    ? Optional.of(new Spread(
                            json.getDouble("p05"),
                            json.getDouble("p25"),
                            json.getDouble("p50"),
                            json.getDouble("p75"),
                            json.getDouble("p95")))
                    : Optional.empty();
        }
    }

    /** What a column's values are. */
    public enum Kind {
        NUMBER,
        TIME,
        TEXT,
        BOOLEAN,
        OTHER;

        static Kind of(String label) {
            for (Kind kind : values()) {
                if (kind.name().toLowerCase(Locale.ROOT).equals(label)) {
                    return kind;
                }
            }
            return OTHER;
        }
    }

    /** As {@code analyze} of the plugin {@code tables} writes it. */
    static ColumnProfile fromJson(JsonObject json, long rows) {
        return new ColumnProfile(
                json.getString("name"),
                Kind.of(json.getString("kind", "other")),
                rows,
                json.getLong("missing", 0L),
                distinct(json.getValue("distinct")),
                text(json, "min"),
                text(json, "max"),
                Spread.fromJson(
                        json.getValue("quantiles") instanceof JsonObject quantiles ? quantiles : new JsonObject()));
    }

    private static long distinct(Object value) {
        if (value instanceof JsonObject object) {
            return object.getLong("count", 0L);
        }
        return value instanceof Number number ? number.longValue() : 0;
    }

    private static Optional<String> text(JsonObject json, String field) {
        return Optional.ofNullable(json.getValue(field)).map(String::valueOf);
    }

    long present() {
        return rows - missing;
    }

    /** From 0 to 1. */
    double completeness() {
        return rows == 0 ? 0 : (double) present() / rows;
    }

    OptionalDouble low() {
        return number(min);
    }

    OptionalDouble high() {
        return number(max);
    }

    /** The smallest value worth an axis: far outliers, which would squeeze all others into a corner, lie beyond. */
    double shownLow() {
        double low = low().orElse(0);
        return spread.map(at -> Math.max(low, at.p05() - 1.5 * (at.p95() - at.p05())))
                .orElse(low);
    }

    /** The largest value worth an axis. */
    double shownHigh() {
        double high = high().orElse(1);
        return spread.map(at -> Math.min(high, at.p95() + 1.5 * (at.p95() - at.p05())))
                .orElse(high);
    }

    boolean hasOutliers() {
        return shownLow() > low().orElse(0) || shownHigh() < high().orElse(1);
    }

    /** Whether its values differ enough to be worth a picture: of many counts and costs most are zero. */
    boolean isSpread() {
        return spread.map(at -> at.p25() < at.p75() && at.p05() < at.p95()).orElse(true);
    }

    private static OptionalDouble number(Optional<String> text) {
        try {
            return text.isPresent() ? OptionalDouble.of(Double.parseDouble(text.get())) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /** A point in time of the column's range. */
    static Optional<LocalDateTime> time(Optional<String> text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String iso = text.get().replace(' ', 'T');
        try {
            return Optional.of(LocalDateTime.parse(
                    iso.contains("T") ? iso.replaceFirst("(Z|[+-]\\d\\d(:?\\d\\d)?)$", "") : iso + "T00:00:00"));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Whether it varies and is more than a name for the row. */
    boolean isMeasure() {
        return kind == Kind.NUMBER
                && !isKey()
                && !isPlace()
                && distinct > 2
                && low().orElse(0) < high().orElse(0)
                && !isYear();
    }

    /** Whether it is a number that says how much of something there is. */
    boolean isAmount() {
        return kind == Kind.NUMBER && !isKey() && !isPlace() && !isYear() && present() > 0;
    }

    /** Whether its values are whole numbers, as far as one can tell from its range. */
    boolean isWhole() {
        double low = low().orElse(0.5);
        double high = high().orElse(0.5);
        boolean ends = low == Math.rint(low) && high == Math.rint(high) && distinct <= high - low + 1;
        return ends && spread.map(at -> at.p50() == Math.rint(at.p50())).orElse(true);
    }

    /** Longitude or latitude. */
    boolean isPlace() {
        return MapIdea.LONGITUDE.matcher(name).matches()
                || MapIdea.LATITUDE.matcher(name).matches();
    }

    /** A number that means a year and makes no sense added up. */
    boolean isYear() {
        boolean named = name.toLowerCase(Locale.ROOT).matches("(.*[_ .-])?(year|yr|jahr)");
        return kind == Kind.NUMBER && named && low().orElse(0) > 1000 && high().orElse(0) < 3000;
    }

    boolean isKey() {
        boolean named = KEY.matcher(name).matches() || CAMEL_KEY.matcher(name).matches();
        return named && (distinct > 20 || distinct >= present() * 0.9);
    }

    /** Whether its values are names of groups with several rows in each, and most rows are in one: a rare remark groups nothing. */
    boolean isCategory(int most) {
        boolean words = kind == Kind.TEXT || kind == Kind.BOOLEAN;
        return words && distinct >= 2 && distinct <= most && distinct * 2 <= present() && present() * 2 >= rows;
    }
}
