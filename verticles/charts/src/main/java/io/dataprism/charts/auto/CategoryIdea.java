package io.dataprism.charts.auto;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** How the rows divide into groups: the most frequent ones, longest bar first. */
final class CategoryIdea implements ChartIdea {
    private static final int MOST = 5_000;
    private static final int SHOWN = 12;
    /** Up to so many rows, a name that stands at one row only is worth a bar of its own. */
    private static final int FEW = 40;

    @Override
    public Stream<Suggestion> suggest(TableProfile table) {
        Stream<Suggestion> counts =
                table.categories(MOST).stream().map(category -> counts(category, table.isBestCategory(category)));
        Stream<Suggestion> totals = table.measures().stream()
                .filter(measure -> Wording.isTotal(measure.name()))
                .flatMap(measure -> table.categories(MOST).stream().map(category -> totals(category, measure)));
        return Stream.of(counts, totals, single(table)).flatMap(Function.identity());
    }

    /** In a table of a few rows, most names stand at one row: a bar for each, as long as its number. */
    private static Stream<Suggestion> single(TableProfile table) {
        if (table.rows() < 2 || table.rows() > FEW) {
            return Stream.empty();
        }
        return table.columns().stream()
                .filter(name ->
                        name.kind() == ColumnProfile.Kind.TEXT && name.distinct() >= 2 && !name.isCategory(MOST))
                .flatMap(name ->
                        table.columns().stream().filter(ColumnProfile::isAmount).map(amount -> single(name, amount)));
    }

    private static Suggestion single(ColumnProfile name, ColumnProfile amount) {
        boolean once = name.distinct() >= name.present();
        String label = Wording.label(amount.name());
        return bars(
                name,
                (once ? label : "Average " + Wording.inSentence(amount.name())) + " by "
                        + Wording.inSentence(name.name()),
                "avg(" + Sql.name(amount.name()) + ")",
                new JsonTemplate()
                        .with("field", Sql.field(amount.name()))
                        .object("{'op':'mean','field':$field,'as':'value'}"),
                "The table is small enough for a bar for each value of '" + name.name() + "'.",
                List.of(name.name(), amount.name()),
                66 * name.completeness() * amount.completeness());
    }

    private static Suggestion counts(ColumnProfile category, boolean best) {
        return bars(
                category,
                "Rows by " + Wording.inSentence(category.name()),
                "count(*)",
                new JsonTemplate().object("{'op':'count','as':'value'}"),
                "'" + category.name() + "' divides the rows into " + Wording.count(category.distinct()) + " groups.",
                List.of(category.name()),
                ((category.distinct() <= SHOWN ? 68 : 58) + (best ? 2 : 0)) * category.completeness());
    }

    private static Suggestion totals(ColumnProfile category, ColumnProfile measure) {
        return bars(
                category,
                Wording.label(measure.name()) + " by " + Wording.inSentence(category.name()),
                "sum(" + Sql.name(measure.name()) + ")",
                new JsonTemplate()
                        .with("field", Sql.field(measure.name()))
                        .object("{'op':'sum','field':$field,'as':'value'}"),
                "'" + measure.name() + "' can be added up for each of the " + Wording.count(category.distinct())
                        + " values of '" + category.name() + "'.",
                List.of(category.name(), measure.name()),
                (category.distinct() <= SHOWN ? 71 : 61) * category.completeness() * measure.completeness());
    }

    private static Suggestion bars(
            ColumnProfile category,
            String title,
            String sql,
            JsonObject aggregate,
            String why,
            List<String> columns,
            double score) {
        String name = Sql.name(category.name());
        JsonTemplate template = new JsonTemplate()
                .with("field", Sql.field(category.name()))
                .with("aggregate", aggregate)
                .with(
                        "short",
                        "abs(datum.value) >= 1e5 ? format(datum.value, '.3~s')"
                                + " : format(datum.value, datum.value == floor(datum.value) ? ',d' : ',.1f')")
                .with("groupText", "'' + " + Sql.datum(category.name()))
                .with("valid", "isValid(" + Sql.datum(category.name()) + ")");
        String shown = category.distinct() <= SHOWN
                ? ""
                : "The " + SHOWN + " largest of about " + Wording.count(category.distinct());
        return new Suggestion(
                "bar",
                score,
                title,
                shown,
                why,
                columns,
                Optional.of("SELECT CAST(" + name + " AS VARCHAR) AS \"group\", " + sql + " AS \"value\" FROM t WHERE "
                        + name + " IS NOT NULL GROUP BY " + name + " ORDER BY 2 DESC, 1 LIMIT " + SHOWN),
                template.array("[{'filter':$valid},{'aggregate':[$aggregate],'groupby':[$field]},"
                        + "{'calculate':$groupText,'as':'group'},"
                        + "{'window':[{'op':'row_number','as':'rank'}],'sort':[{'field':'value','order':'descending'},{'field':'group'}]},"
                        + "{'filter':'datum.rank <= " + SHOWN + "'}]"),
                template.object("{'width':460,'height':{'step':26},'encoding':{"
                        + "'y':{'field':'group','type':'nominal','sort':{'field':'value','op':'max','order':'descending'},'title':null,'axis':{'domain':false,'labelLimit':220}},"
                        + "'x':{'field':'value','type':'quantitative','axis':null}},'layer':[{'mark':{'type':'bar','height':{'band':0.72},'cornerRadiusEnd':2}},"
                        + "{'mark':{'type':'text','align':'left','dx':6,'color':'#4a5663'},'encoding':{'text':{'field':'label','type':'nominal'}}}],"
                        + "'transform':[{'calculate':$short,'as':'label'}]}"));
    }
}
