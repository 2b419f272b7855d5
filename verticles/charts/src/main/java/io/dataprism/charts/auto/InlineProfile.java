package io.dataprism.charts.auto;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds out about rows that are at hand what {@code analyze} of a table would tell. */
public final class InlineProfile {
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z|[+-]\\d{2}:?\\d{2})?)?");
    private static final int MOST_NUMBERS = 12;

    private final JsonArray rows;
    private final Map<String, Seen> columns = new LinkedHashMap<>();

    private InlineProfile(JsonArray rows) {
        this.rows = rows;
    }

    public static TableProfile of(JsonArray rows) {
        InlineProfile profile = new InlineProfile(rows);
        for (int i = 0; i < rows.size(); i++) {
            profile.look(rows.getJsonObject(i));
        }
        return profile.finish();
    }

    private void look(JsonObject row) {
        row.forEach(entry -> columns.computeIfAbsent(entry.getKey(), Seen::new).take(entry.getValue()));
    }

    private TableProfile finish() {
        List<ColumnProfile> profiles =
                columns.values().stream().map(seen -> seen.profile(rows.size())).toList();
        List<String> numbers = profiles.stream()
                .filter(ColumnProfile::isMeasure)
                .map(ColumnProfile::name)
                .limit(MOST_NUMBERS)
                .toList();
        List<TableProfile.Correlation> correlations = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
            for (int j = i + 1; j < numbers.size(); j++) {
                double r = correlation(numbers.get(i), numbers.get(j));
                if (Double.isFinite(r)) {
                    correlations.add(new TableProfile.Correlation(numbers.get(i), numbers.get(j), r));
                }
            }
        }
        return new TableProfile(rows.size(), profiles, correlations);
    }

    /** Pearson's, over the rows that have both, in one pass that stays exact for large means. */
    private double correlation(String x, String y) {
        long n = 0;
        double meanX = 0;
        double meanY = 0;
        double squaresX = 0;
        double squaresY = 0;
        double products = 0;
        for (int i = 0; i < rows.size(); i++) {
            JsonObject row = rows.getJsonObject(i);
            if (row.getValue(x) instanceof Number a && row.getValue(y) instanceof Number b) {
                n++;
                double fromX = a.doubleValue() - meanX;
                double fromY = b.doubleValue() - meanY;
                meanX += fromX / n;
                meanY += fromY / n;
                squaresX += fromX * (a.doubleValue() - meanX);
                squaresY += fromY * (b.doubleValue() - meanY);
                products += fromX * (b.doubleValue() - meanY);
            }
        }
        return products / Math.sqrt(squaresX * squaresY);
    }

    /** What was seen of one column. */
    private static final class Seen {
        private final String name;
        private final Set<Object> distinct = new HashSet<>();
        private final List<Double> all = new ArrayList<>();
        private long present;
        private boolean numbers = true;
        private boolean booleans = true;
        private boolean times = true;
        private boolean texts = true;
        private double low = Double.POSITIVE_INFINITY;
        private double high = Double.NEGATIVE_INFINITY;
        private @Nullable String first;
        private @Nullable String last;

        Seen(String name) {
            this.name = name;
        }

        void take(@Nullable Object value) {
            if (value == null) {
                return;
            }
            present++;
            numbers &= value instanceof Number;
            booleans &= value instanceof Boolean;
            texts &= value instanceof String;
            times &= value instanceof String text && TIME.matcher(text).matches();
            if (value instanceof Number number) {
                low = Math.min(low, number.doubleValue());
                high = Math.max(high, number.doubleValue());
                distinct.add(number.doubleValue());
                all.add(number.doubleValue());
            } else if (value instanceof String text) {
                first = first == null || text.compareTo(first) < 0 ? text : first;
                last = last == null || text.compareTo(last) > 0 ? text : last;
                distinct.add(text);
            } else {
                distinct.add(value);
            }
        }

        ColumnProfile profile(long rows) {
            boolean number = numbers && present > 0;
            return new ColumnProfile(
                    name,
                    kind(),
                    rows,
                    rows - present,
                    distinct.size(),
                    number ? Optional.of(Double.toString(low)) : Optional.ofNullable(first),
                    number ? Optional.of(Double.toString(high)) : Optional.ofNullable(last),
                    number ? Optional.of(spread()) : Optional.empty());
        }

        private ColumnProfile.Spread spread() {
            all.sort(null);
            return new ColumnProfile.Spread(at(0.05), at(0.25), at(0.5), at(0.75), at(0.95));
        }

        private double at(double share) {
            return all.get((int) Math.round(share * (all.size() - 1)));
        }

        private ColumnProfile.Kind kind() {
            if (present == 0) {
                return ColumnProfile.Kind.OTHER;
            }
            if (numbers) {
                return ColumnProfile.Kind.NUMBER;
            }
            if (booleans) {
                return ColumnProfile.Kind.BOOLEAN;
            }
            return times ? ColumnProfile.Kind.TIME : texts ? ColumnProfile.Kind.TEXT : ColumnProfile.Kind.OTHER;
        }
    }
}
