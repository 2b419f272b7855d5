package io.dataprism.charts.auto;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How two numbers go together: a point a row, or, where there are too many rows, how many rows lie where. */
final class ScatterIdea implements ChartIdea {
    private static final double LEAST = 0.25;
    /** Beyond this two columns are one in two guises. */
    private static final double SAME = 0.97;

    private static final int MOST_POINTS = 3_000;
    private static final int MOST_COLOURS = 5;

    @Override
    public Stream<Suggestion> suggest(TableProfile table) {
        return table.correlations().stream()
                .filter(pair -> Math.abs(pair.r()) >= LEAST && Math.abs(pair.r()) < 0.9995)
                .flatMap(pair -> both(table, pair));
    }

    private static Stream<Suggestion> both(TableProfile table, TableProfile.Correlation pair) {
        Optional<ColumnProfile> x = table.column(pair.x()).filter(ColumnProfile::isMeasure);
        Optional<ColumnProfile> y = table.column(pair.y()).filter(ColumnProfile::isMeasure);
        if (x.isEmpty() || y.isEmpty() || !x.get().isSpread() || !y.get().isSpread()) {
            return Stream.empty();
        }
        double score = (Math.abs(pair.r()) > SAME ? 60 : 56 + 26 * Math.abs(pair.r()))
                * x.get().completeness()
                * y.get().completeness();
        return Stream.of(
                table.rows() <= MOST_POINTS
                        ? points(table, x.get(), y.get(), pair.r(), score)
                        : density(x.get(), y.get(), pair.r(), score));
    }

    private static String why(ColumnProfile x, ColumnProfile y, double r) {
        return "'" + x.name() + "' and '" + y.name() + "' go together: their correlation is "
                + Math.round(r * 100) / 100.0 + ".";
    }

    private static String title(ColumnProfile x, ColumnProfile y) {
        return Wording.label(y.name()) + " against " + Wording.inSentence(x.name());
    }

    private static JsonTemplate template(ColumnProfile x, ColumnProfile y) {
        return new JsonTemplate()
                .with("x", Sql.field(x.name()))
                .with("y", Sql.field(y.name()))
                .with("xAxis", Wording.axis(x.shownHigh()))
                .with("yAxis", Wording.axis(y.shownHigh()))
                .with("xLabel", Wording.label(x.name()))
                .with("yLabel", Wording.label(y.name()))
                .with("valid", "isValid(" + Sql.datum(x.name()) + ") && isValid(" + Sql.datum(y.name()) + ")");
    }

    private static Suggestion points(TableProfile table, ColumnProfile x, ColumnProfile y, double r, double score) {
        Optional<ColumnProfile> colour = table.bestCategory(MOST_COLOURS);
        JsonTemplate template = template(x, y);
        List<String> columns = new ArrayList<>(List.of(x.name(), y.name()));
        String select = Sql.name(x.name()) + ", " + Sql.name(y.name());
        String encoding = "";
        if (colour.isPresent()) {
            columns.add(colour.get().name());
            select += ", " + Sql.name(colour.get().name());
            template.with("colour", Sql.field(colour.get().name()))
                    .with("colourLabel", Wording.label(colour.get().name()));
            encoding = ",'color':{'field':$colour,'type':'nominal','title':$colourLabel}";
        }
        return new Suggestion(
                "scatter",
                score,
                title(x, y),
                "A point for each of " + Wording.count(Math.min(x.present(), y.present())) + " rows",
                why(x, y, r),
                columns,
                Optional.of("SELECT " + select + " FROM t WHERE " + Sql.name(x.name()) + " IS NOT NULL AND "
                        + Sql.name(y.name()) + " IS NOT NULL"),
                template.array("[{'filter':$valid}]"),
                template.object("{'width':460,'height':320,'mark':{'type':'point'},'encoding':{"
                        + "'x':{'field':$x,'type':'quantitative','title':$xLabel,'scale':{'zero':false},'axis':$xAxis},"
                        + "'y':{'field':$y,'type':'quantitative','title':$yLabel,'scale':{'zero':false},'axis':$yAxis}"
                        + encoding
                        + "}}"));
    }

    private static Suggestion density(ColumnProfile x, ColumnProfile y, double r, double score) {
        double stepX = Steps.of(x.shownLow(), x.shownHigh(), 48);
        double stepY = Steps.of(y.shownLow(), y.shownHigh(), 32);
        boolean cut = x.hasOutliers() || y.hasOutliers();
        JsonTemplate template = template(x, y)
                .with("xAxis", Wording.axis(x.shownHigh()).put("grid", false))
                .with("yAxis", Wording.axis(y.shownHigh()).put("grid", false))
                .with(
                        "near",
                        within(Sql.datum(x.name()), x, stepX, "&&") + " && "
                                + within(Sql.datum(y.name()), y, stepY, "&&"))
                .with("binX", "floor(" + Sql.datum(x.name()) + " / " + stepX + ") * " + stepX)
                .with("binY", "floor(" + Sql.datum(y.name()) + " / " + stepY + ") * " + stepY)
                .with("endX", "datum.x0 + " + stepX)
                .with("endY", "datum.y0 + " + stepY);
        return new Suggestion(
                "scatter",
                score,
                title(x, y),
                "How many of " + Wording.count(Math.min(x.present(), y.present())) + " rows lie where"
                        + (cut ? "; far outliers are left out" : ""),
                why(x, y, r),
                List.of(x.name(), y.name()),
                Optional.of("SELECT x0, x0 + " + stepX + " AS x1, y0, y0 + " + stepY
                        + " AS y1, count(*) AS \"rows\" FROM (SELECT floor(" + Sql.name(x.name()) + " / " + stepX
                        + ") * "
                        + stepX + " AS x0, floor(" + Sql.name(y.name()) + " / " + stepY + ") * " + stepY
                        + " AS y0 FROM t WHERE " + Sql.name(x.name()) + " IS NOT NULL AND " + Sql.name(y.name())
                        + " IS NOT NULL"
                        + (cut
                                ? " AND " + within(Sql.name(x.name()), x, stepX, "AND") + " AND "
                                        + within(Sql.name(y.name()), y, stepY, "AND")
                                : "")
                        + ") GROUP BY x0, y0 ORDER BY x0, y0"),
                template.array("[{'filter':$valid}," + (cut ? "{'filter':$near}," : "")
                        + "{'calculate':$binX,'as':'x0'},{'calculate':$endX,'as':'x1'},"
                        + "{'calculate':$binY,'as':'y0'},{'calculate':$endY,'as':'y1'},"
                        + "{'aggregate':[{'op':'count','as':'rows'}],'groupby':['x0','x1','y0','y1']}]"),
                template.object("{'width':460,'height':320,'mark':{'type':'rect'},'encoding':{"
                        + "'x':{'field':'x0','type':'quantitative','title':$xLabel,'scale':{'zero':false},'axis':$xAxis},'x2':{'field':'x1'},"
                        + "'y':{'field':'y0','type':'quantitative','title':$yLabel,'scale':{'zero':false},'axis':$yAxis},'y2':{'field':'y1'},"
                        + "'color':{'field':'rows','type':'quantitative','title':'Rows','scale':{'type':'sqrt'}}}}"));
    }

    /** The condition that a value lies in the bins that are shown. */
    private static String within(String value, ColumnProfile column, double step, String and) {
        double from = Math.floor(column.shownLow() / step) * step;
        double to = (Math.floor(column.shownHigh() / step) + 1) * step;
        return value + " >= " + from + " " + and + " " + value + " < " + to;
    }
}
