package io.dataprism.charts.auto;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How one number is spread. */
final class HistogramIdea implements ChartIdea {
    private static final int BINS = 30;

    @Override
    public Stream<Suggestion> suggest(TableProfile table) {
        return table.measures().stream()
                .filter(column -> column.distinct() >= 8 && column.isSpread())
                .map(HistogramIdea::histogram);
    }

    private static Suggestion histogram(ColumnProfile column) {
        double low = column.shownLow();
        double high = column.shownHigh();
        boolean whole = column.isWhole();
        double step = whole ? Steps.ofWhole(low, high, BINS) : Steps.of(low, high, BINS);
        String label = Wording.label(column.name());
        boolean cut = column.hasOutliers();
        double from = Math.floor(low / step) * step;
        double to = Math.ceil(high / step) * step;
        JsonTemplate template = new JsonTemplate()
                .with(
                        "valid",
                        "isValid(" + Sql.datum(column.name()) + ")"
                                + (cut
                                        ? " && " + Sql.datum(column.name()) + " >= " + from + " && "
                                                + Sql.datum(column.name()) + " < " + to
                                        : ""))
                .with("bin", "floor(" + Sql.datum(column.name()) + " / " + step + ") * " + step)
                .with("end", "datum.low + " + step)
                .with("step", step)
                .with("axis", Wording.axis(high).put("grid", false).put("domain", true))
                .with("label", label);
        String bin = "floor(" + Sql.name(column.name()) + " / " + step + ") * " + step;
        return new Suggestion(
                "histogram",
                60 * column.completeness(),
                "How " + Wording.inSentence(column.name()) + " is spread",
                Wording.count(column.present()) + " rows in bins of " + number(step)
                        + (cut ? "; far outliers are left out" : ""),
                "'" + column.name() + "' is a number with " + Wording.count(column.distinct()) + " different values.",
                List.of(column.name()),
                Optional.of("SELECT low, low + " + step + " AS high, count(*) AS \"count\" FROM (SELECT " + bin
                        + " AS low FROM t WHERE " + Sql.name(column.name()) + " IS NOT NULL"
                        + (cut
                                ? " AND " + Sql.name(column.name()) + " >= " + from + " AND " + Sql.name(column.name())
                                        + " < " + to
                                : "")
                        + ") GROUP BY low ORDER BY low"),
                template.array("[{'filter':$valid},{'calculate':$bin,'as':'low'},{'calculate':$end,'as':'high'},"
                        + "{'aggregate':[{'op':'count','as':'count'}],'groupby':['low','high']}]"),
                template.object(
                        "{'mark':{'type':'bar','binSpacing':1},'encoding':{"
                                + "'x':{'field':'low','type':'quantitative','bin':{'binned':true,'step':$step},'title':$label,'axis':$axis},"
                                + "'x2':{'field':'high'},'y':{'field':'count','type':'quantitative','title':'Rows','axis':{'tickMinStep':1}}}}"));
    }

    private static String number(double step) {
        return step == Math.rint(step) && step < 1e9 ? Wording.count((long) step) : Double.toString(step);
    }
}
