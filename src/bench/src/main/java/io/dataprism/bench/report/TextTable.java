package io.dataprism.bench.report;

import io.dataprism.bench.row.Measured;
import io.dataprism.bench.row.Metric;
import io.dataprism.bench.stats.Median;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A measured row as a table: a line for each peer, a column for each metric, and the kernel's lead. */
final class TextTable {
    private final List<String> header = new ArrayList<>();
    private final List<List<String>> lines = new ArrayList<>();

    TextTable(Measured row) {
        Set<Metric> shown = EnumSet.noneOf(Metric.class);
        row.medians().values().forEach(metrics -> shown.addAll(metrics.keySet()));
        header.add("");
        shown.forEach(metric -> header.add(metric.unit()));
        header.add("kernel's lead");
        for (Map.Entry<String, Map<Metric, Median>> peer : row.medians().entrySet()) {
            List<String> line = new ArrayList<>();
            line.add(peer.getKey());
            for (Metric metric : shown) {
                line.add(Optional.ofNullable(peer.getValue().get(metric))
                        .map(median -> value(metric, median, metric == row.metric()))
                        .orElse(""));
            }
            line.add(Optional.ofNullable(row.ratios().get(peer.getKey()))
                    .map(ratio -> bounded(ratio, 1))
                    .orElse(""));
            lines.add(line);
        }
    }

    List<String> header() {
        return header;
    }

    List<List<String>> lines() {
        return lines;
    }

    private static String value(Metric metric, Median median, boolean bounded) {
        return bounded ? bounded(median, metric.shown(1)) : number(metric.shown(median.value()));
    }

    private static String bounded(Median median, double scale) {
        return number(median.value() * scale) + " (" + number(median.low() * scale) + "–"
                + number(median.high() * scale) + ")";
    }

    /** Three digits that matter. */
    static String number(double value) {
        double size = Math.abs(value);
        if (size < 1) {
            return size == 0
                    ? "0"
                    : new BigDecimal(value).round(new MathContext(3)).toPlainString();
        }
        return String.format(Locale.ROOT, size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f", value);
    }
}
