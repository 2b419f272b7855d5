package io.dataprism.bench.row;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All rows, in the order of the report. */
public final class Rows {
    private Rows() {}

    public static List<Row> all() {
        List<Row> rows = new ArrayList<>(MessageRows.all());
        return List.copyOf(rows);
    }

    /** The rows whose names hold one of {@code words}; all where there are no words. */
    public static List<Row> named(List<String> words) {
        return all().stream()
                .filter(row -> words.isEmpty()
                        || words.stream().anyMatch(word -> row.name().contains(word.toLowerCase(Locale.ROOT))))
                .toList();
    }
}
