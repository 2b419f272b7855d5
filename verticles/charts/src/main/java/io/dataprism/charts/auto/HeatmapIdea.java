package io.dataprism.charts.auto;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How two groupings meet: a field for each pair of groups, the darker the more rows. */
final class HeatmapIdea implements ChartIdea {
    private static final int MOST = 30;

    @Override
    public Stream<Suggestion> suggest(TableProfile table) {
        List<ColumnProfile> categories = table.categories(MOST).stream()
                .filter(category -> category.distinct() >= 3)
                .toList();
        List<Suggestion> all = new ArrayList<>();
        for (int i = 0; i < categories.size(); i++) {
            for (int j = i + 1; j < categories.size(); j++) {
                all.add(pair(categories.get(i), categories.get(j)));
            }
        }
        return all.stream();
    }

    private static Suggestion pair(ColumnProfile one, ColumnProfile other) {
        boolean oneIsLonger = one.distinct() >= other.distinct();
        ColumnProfile x = oneIsLonger ? one : other;
        ColumnProfile y = oneIsLonger ? other : one;
        JsonTemplate template = new JsonTemplate()
                .with("valid", "isValid(" + Sql.datum(x.name()) + ") && isValid(" + Sql.datum(y.name()) + ")")
                .with("xText", "'' + " + Sql.datum(x.name()))
                .with("yText", "'' + " + Sql.datum(y.name()))
                .with("xLabel", Wording.label(x.name()))
                .with("yLabel", Wording.label(y.name()));
        return new Suggestion(
                "heatmap",
                57 * x.completeness() * y.completeness(),
                Wording.label(y.name()) + " and " + Wording.inSentence(x.name()),
                "How many rows each pair has",
                "'" + x.name() + "' and '" + y.name() + "' both divide the rows into groups.",
                List.of(x.name(), y.name()),
                Optional.of("SELECT CAST(" + Sql.name(x.name()) + " AS VARCHAR) AS x, CAST(" + Sql.name(y.name())
                        + " AS VARCHAR) AS y, count(*) AS \"rows\" FROM t WHERE " + Sql.name(x.name())
                        + " IS NOT NULL AND " + Sql.name(y.name()) + " IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2"),
                template.array("[{'filter':$valid},{'calculate':$xText,'as':'x'},{'calculate':$yText,'as':'y'},"
                        + "{'aggregate':[{'op':'count','as':'rows'}],'groupby':['x','y']}]"),
                template.object(
                        "{'width':{'step':34},'height':{'step':28},'mark':{'type':'rect','stroke':'white','strokeWidth':1},'encoding':{"
                                + "'x':{'field':'x','type':'nominal','title':$xLabel,'axis':{'domain':false}},"
                                + "'y':{'field':'y','type':'nominal','title':$yLabel,'axis':{'domain':false}},"
                                + "'color':{'field':'rows','type':'quantitative','title':'Rows'}}}"));
    }
}
