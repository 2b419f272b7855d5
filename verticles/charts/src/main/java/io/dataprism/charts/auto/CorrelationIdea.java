package io.dataprism.charts.auto;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** How all numbers go together, two by two. */
final class CorrelationIdea implements ChartIdea {
    private static final int LEAST_COLUMNS = 4;
    private static final int MOST_COLUMNS = 14;

    @Override
    public Stream<Suggestion> suggest(TableProfile table) {
        List<TableProfile.Correlation> pairs = table.correlations().stream()
                .filter(pair -> isMeasure(table, pair.x()) && isMeasure(table, pair.y()))
                .toList();
        Set<String> names = new LinkedHashSet<>();
        pairs.forEach(pair -> names.addAll(List.of(pair.x(), pair.y())));
        if (names.size() < LEAST_COLUMNS || names.size() > MOST_COLUMNS) {
            return Stream.empty();
        }
        JsonArray values = new JsonArray();
        names.forEach(name -> values.add(cell(name, name, 1)));
        pairs.forEach(pair -> values.add(cell(pair.x(), pair.y(), pair.r())).add(cell(pair.y(), pair.x(), pair.r())));
        List<String> labels = names.stream().map(Wording::label).toList();
        JsonTemplate template = new JsonTemplate().with("values", values).with("order", new JsonArray(labels));
        return Stream.of(
                new Suggestion(
                        "correlation",
                        55,
                        "What goes together",
                        "Correlation of each pair of numbers, from -1 to 1",
                        "The table has " + names.size() + " numbers.",
                        List.copyOf(names),
                        Optional.empty(),
                        new JsonArray(),
                        template.object(
                                "{'data':{'values':$values},'width':{'step':46},'height':{'step':34},'encoding':{"
                                        + "'x':{'field':'x','type':'nominal','sort':$order,'title':null,'axis':{'domain':false,'labelAngle':-40,'labelLimit':140}},"
                                        + "'y':{'field':'y','type':'nominal','sort':$order,'title':null,'axis':{'domain':false}}},'layer':["
                                        + "{'mark':{'type':'rect','stroke':'white','strokeWidth':2},'encoding':{'color':{'field':'r','type':'quantitative','scale':{'domain':[-1,1],'range':'diverging'},'legend':null}}},"
                                        + "{'mark':{'type':'text','fontSize':10.5},'encoding':{'text':{'field':'r','type':'quantitative','format':'.2f'},"
                                        + "'color':{'condition':{'test':'abs(datum.r) > 0.6','value':'white'},'value':'#1c2733'}}}]}")));
    }

    private static boolean isMeasure(TableProfile table, String name) {
        return table.column(name).filter(ColumnProfile::isMeasure).isPresent();
    }

    private static JsonObject cell(String x, String y, double r) {
        return new JsonObject()
                .put("x", Wording.label(x))
                .put("y", Wording.label(y))
                .put("r", r);
    }
}
