package io.dataprism.bench;

import io.dataprism.bench.program.ProgramRows;
import io.dataprism.bench.row.MessageRows;
import io.dataprism.bench.row.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All rows, in the order of the report. */
final class Rows {
    private Rows() {}

    static List<Row> all() {
        List<Row> rows = new ArrayList<>(MessageRows.all());
        rows.addAll(ProgramRows.all());
        return List.copyOf(rows);
    }

    /** The rows whose names hold one of {@code words}; all where there are no words. */
    static List<Row> named(List<String> words) {
        return all().stream()
                .filter(row -> words.isEmpty()
                        || words.stream().anyMatch(word -> row.name().contains(word.toLowerCase(Locale.ROOT))))
                .toList();
    }
}
