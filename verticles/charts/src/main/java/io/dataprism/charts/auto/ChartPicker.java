package io.dataprism.charts.auto;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Picks the charts that tell most about a table: the best first, then such as add something to those before. */
public final class ChartPicker {
    private static final List<ChartIdea> IDEAS = List.of(
            new MapIdea(),
            new TimeIdea(),
            new ScatterIdea(),
            new BoxIdea(),
            new CategoryIdea(),
            new HistogramIdea(),
            new HeatmapIdea(),
            new CorrelationIdea());
    private static final int SAME_KIND = 14;
    private static final int SAME_COLUMN = 7;

    private ChartPicker() {}

    /** At most {@code limit} charts; none where no column lends itself to any. */
    public static List<Suggestion> pick(TableProfile table, int limit) {
        List<Suggestion> open = new ArrayList<>();
        IDEAS.forEach(idea -> idea.suggest(table).forEach(open::add));
        List<Suggestion> picked = new ArrayList<>();
        Map<String, Integer> kinds = new HashMap<>();
        Map<String, Integer> columns = new HashMap<>();
        while (!open.isEmpty() && picked.size() < limit) {
            Suggestion best = open.stream()
                    .max(Comparator.comparingDouble((Suggestion one) -> worth(one, kinds, columns))
                            .thenComparing(Suggestion::title, Comparator.reverseOrder()))
                    .orElseThrow();
            open.remove(best);
            picked.add(best.scored(Math.max(1, worth(best, kinds, columns))));
            kinds.merge(best.kind(), 1, Integer::sum);
            best.columns().forEach(column -> columns.merge(column, 1, Integer::sum));
        }
        return picked;
    }

    private static double worth(Suggestion one, Map<String, Integer> kinds, Map<String, Integer> columns) {
        double seen = one.columns().stream()
                .mapToInt(column -> columns.getOrDefault(column, 0))
                .average()
                .orElse(0);
        return one.score() - SAME_KIND * kinds.getOrDefault(one.kind(), 0) - SAME_COLUMN * seen;
    }
}
