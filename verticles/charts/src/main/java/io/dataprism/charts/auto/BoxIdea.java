package io.dataprism.charts.auto;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How a number differs between groups: median, middle half and range of each. */
final class BoxIdea implements ChartIdea {
    private static final int MOST_GROUPS = 16;
    private static final int LEAST_ROWS = 5;

    @Override
    public Stream<Suggestion> suggest(TableProfile table) {
        return table.measures().stream()
                .filter(measure -> measure.distinct() >= 8 && measure.isSpread())
                .flatMap(measure -> table.categories(MOST_GROUPS).stream()
                        .filter(category -> category.present() >= LEAST_ROWS * category.distinct())
                        .map(category -> box(table, category, measure)));
    }

    private static Suggestion box(TableProfile table, ColumnProfile category, ColumnProfile measure) {
        String group = Sql.name(category.name());
        String value = Sql.name(measure.name());
        JsonTemplate template = new JsonTemplate()
                .with("group", Sql.field(category.name()))
                .with("value", Sql.field(measure.name()))
                .with(
                        "valid",
                        "isValid(" + Sql.datum(category.name()) + ") && isValid(" + Sql.datum(measure.name()) + ")")
                .with("groupText", "'' + " + Sql.datum(category.name()))
                .with("axis", Wording.axis(measure.high().orElse(0)))
                .with("label", Wording.label(measure.name()))
                .with("groupLabel", Wording.label(category.name()));
        return new Suggestion(
                "box",
                (table.isBestCategory(category) ? 68 : 66) * category.completeness() * measure.completeness(),
                Wording.label(measure.name()) + " by " + Wording.inSentence(category.name()),
                "Median, middle half and range of each group",
                "'" + measure.name() + "' is a number that can be compared between the " + category.distinct()
                        + " values of '" + category.name() + "'.",
                List.of(measure.name(), category.name()),
                Optional.of("SELECT CAST(" + group + " AS VARCHAR) AS \"group\", min(" + value
                        + ") AS low, quantile_cont("
                        + value + ", 0.25) AS q1, quantile_cont(" + value + ", 0.5) AS mid, quantile_cont(" + value
                        + ", 0.75) AS q3, max(" + value + ") AS high FROM t WHERE " + group + " IS NOT NULL AND "
                        + value
                        + " IS NOT NULL GROUP BY " + group + " ORDER BY 1"),
                template.array(
                        "[{'filter':$valid},{'calculate':$groupText,'as':'group'},{'aggregate':[{'op':'min','field':$value,'as':'low'},"
                                + "{'op':'q1','field':$value,'as':'q1'},{'op':'median','field':$value,'as':'mid'},"
                                + "{'op':'q3','field':$value,'as':'q3'},{'op':'max','field':$value,'as':'high'}],'groupby':['group']}]"),
                template.object(
                        "{'width':460,'height':{'step':34},'encoding':{'y':{'field':'group','type':'nominal','title':$groupLabel,"
                                + "'sort':{'field':'mid','op':'max','order':'descending'},'axis':{'domain':false}}},'layer':["
                                + "{'mark':{'type':'rule','color':'#8a97a5'},'encoding':{'x':{'field':'low','type':'quantitative','title':$label,'scale':{'zero':false},'axis':$axis},'x2':{'field':'high'}}},"
                                + "{'mark':{'type':'bar','height':18,'cornerRadius':2},'encoding':{'x':{'field':'q1','type':'quantitative'},'x2':{'field':'q3'},"
                                + "'color':{'value':'#2f6fb0'}}},"
                                + "{'mark':{'type':'tick','color':'white','thickness':2,'height':18,'opacity':1},'encoding':{'x':{'field':'mid','type':'quantitative'}}}]}"));
    }
}
