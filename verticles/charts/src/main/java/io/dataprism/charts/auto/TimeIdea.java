package io.dataprism.charts.auto;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How a number, or the count of rows, goes over time; in one line, or one for each of a few groups. */
final class TimeIdea implements ChartIdea {
    private static final int MOST_LINES = 6;
    private static final int LEAST_ROWS_A_LINE = 12;

    /** Up to so many times, each is marked: one between two gaps has no line. */
    private static final int MARKED = 40;

    /** Up to so many days, the axis names each. */
    private static final int NAMED_DAYS = 14;

    /** A span of time that is one point of the line. */
    private enum Unit {
        YEAR("year", "year", "yearly"),
        MONTH("month", "yearmonth", "monthly"),
        DAY("day", "yearmonthdate", "daily"),
        HOUR("hour", "yearmonthdatehours", "hourly"),
        MINUTE("minute", "yearmonthdatehoursminutes", "by the minute");

        private final String sql;
        private final String vega;
        private final String word;

        Unit(String sql, String vega, String word) {
            this.sql = sql;
            this.vega = vega;
            this.word = word;
        }

        static Unit of(Duration span) {
            long days = span.toDays();
            if (days > 366L * 40) {
                return YEAR;
            }
            if (days > 366L * 2 + 31) {
                return MONTH;
            }
            return days > 4 ? DAY : span.toHours() > 4 ? HOUR : MINUTE;
        }
    }

    /** The time that a chart goes over, and in which units. */
    private record Span(Unit unit, long days) {
        static Span of(Duration length) {
            return new Span(Unit.of(length), length.toDays());
        }

        JsonObject axis() {
            return unit == Unit.DAY && days <= NAMED_DAYS
                    ? new JsonObject().put("tickCount", "day").put("format", "%b %d")
                    : new JsonObject();
        }

        private String word() {
            return Character.toUpperCase(unit.word.charAt(0)) + unit.word.substring(1);
        }
    }

    @Override
    public Stream<Suggestion> suggest(TableProfile table) {
        List<Suggestion> all = new ArrayList<>();
        for (ColumnProfile time : table.times()) {
            Optional<LocalDateTime> from = ColumnProfile.time(time.min());
            Optional<LocalDateTime> to = ColumnProfile.time(time.max());
            if (from.isPresent() && to.isPresent()) {
                Span span = Span.of(Duration.between(from.get(), to.get()));
                table.measures().forEach(measure -> all.add(line(table, time, measure, span)));
                if (time.distinct() < time.present()) {
                    all.add(counts(time, span));
                }
            }
        }
        return all.stream();
    }

    private static Suggestion line(TableProfile table, ColumnProfile time, ColumnProfile measure, Span span) {
        Optional<ColumnProfile> split = table.categories(MOST_LINES).stream()
                .filter(category -> time.distinct() * 2 <= time.present())
                .filter(category -> category.present() >= LEAST_ROWS_A_LINE * category.distinct())
                .findFirst();
        boolean total = Wording.isTotal(measure.name());
        String word = total ? "total" : "mean";
        String heading = Wording.label(measure.name()) + " over time";
        List<String> columns = new ArrayList<>(List.of(measure.name(), time.name()));
        split.ifPresent(category -> columns.add(category.name()));
        String subtitle = span.word() + " " + word
                + split.map(category -> " for each " + Wording.inSentence(category.name()))
                        .orElse("");
        return suggestion(
                time,
                span,
                split,
                (total ? "sum(" : "avg(") + Sql.name(measure.name()) + ")",
                new JsonTemplate()
                        .with("field", Sql.field(measure.name()))
                        .with("op", total ? "sum" : "mean")
                        .object("{'op':$op,'field':$field,'as':'value'}"),
                new Words(heading, subtitle, Wording.label(measure.name()), columns),
                "'" + time.name() + "' is a time and '" + measure.name() + "' a number.",
                (time.distinct() >= 10 ? 82 : 62)
                        * (measure.isSpread() ? 1 : 0.85)
                        * time.completeness()
                        * measure.completeness());
    }

    private static Suggestion counts(ColumnProfile time, Span span) {
        return suggestion(
                time,
                span,
                Optional.empty(),
                "count(*)",
                new JsonTemplate().object("{'op':'count','as':'value'}"),
                new Words(
                        "Rows over time",
                        span.word() + " count by " + Wording.inSentence(time.name()),
                        "Rows",
                        List.of(time.name())),
                "'" + time.name() + "' is a time that many rows share.",
                64 * time.completeness());
    }

    /** What the chart says in words. */
    private record Words(String title, String subtitle, String label, List<String> columns) {}

    private static Suggestion suggestion(
            ColumnProfile time,
            Span span,
            Optional<ColumnProfile> split,
            String sql,
            JsonObject aggregate,
            Words words,
            String why,
            double score) {
        String when = "date_trunc('" + span.unit.sql + "', " + Sql.name(time.name()) + ")";
        String line = split.map(category -> ", CAST(" + Sql.name(category.name()) + " AS VARCHAR) AS line")
                .orElse("");
        String present = split.map(category -> " AND " + Sql.name(category.name()) + " IS NOT NULL")
                .orElse("");
        JsonTemplate template = new JsonTemplate()
                .with("time", Sql.field(time.name()))
                .with("aggregate", aggregate)
                .with("unit", span.unit.vega)
                .with("mark", mark(time))
                .with("xAxis", span.axis())
                .with(
                        "valid",
                        "isValid(" + Sql.datum(time.name()) + ")"
                                + split.map(category -> " && isValid(" + Sql.datum(category.name()) + ")")
                                        .orElse(""))
                .with(
                        "lineText",
                        split.map(category -> "'' + " + Sql.datum(category.name()))
                                .orElse("''"))
                .with(
                        "lineLabel",
                        split.map(category -> Wording.label(category.name())).orElse("line"))
                .with(
                        "axis",
                        new JsonObject()
                                .put("labelExpr", "abs(datum.value) >= 1e5 ? format(datum.value, '~s') : datum.label"))
                .with("label", words.label);
        String color = split.isPresent() ? ",'color':{'field':'line','type':'nominal','title':$lineLabel}" : "";
        return new Suggestion(
                "line",
                score,
                words.title,
                words.subtitle,
                why,
                words.columns,
                Optional.of("SELECT " + when + " AS \"when\"" + line + ", " + sql + " AS \"value\" FROM t WHERE "
                        + Sql.name(time.name()) + " IS NOT NULL" + present + " GROUP BY ALL ORDER BY ALL"),
                template.array("[{'filter':$valid},{'timeUnit':$unit,'field':$time,'as':'when'}"
                        + (split.isPresent() ? ",{'calculate':$lineText,'as':'line'}" : "")
                        + ",{'aggregate':[$aggregate],'groupby':['when'"
                        + (split.isPresent() ? ",'line'" : "") + "]}]"),
                template.object("{'width':560,'height':260,'mark':$mark,'encoding':{"
                        + "'x':{'field':'when','type':'temporal','title':null,'axis':$xAxis},"
                        + "'y':{'field':'value','type':'quantitative','title':$label,'scale':{'zero':false},'axis':$axis}"
                        + color + "}}"));
    }

    private static JsonObject mark(ColumnProfile time) {
        JsonObject mark = new JsonObject().put("type", "line").put("interpolate", "linear");
        return time.distinct() <= MARKED ? mark.put("point", true) : mark;
    }
}
