package io.dataprism.bench;

import io.dataprism.bench.program.ProgramRows;
import io.dataprism.bench.row.CheckRows;
import io.dataprism.bench.row.MessageRows;
import io.dataprism.bench.row.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** All rows, in the order of the report. */
final class Rows {
    private Rows() {}

    static List<Row> all() {
        List<Row> rows = new ArrayList<>(MessageRows.all());
        rows.addAll(CheckRows.all());
        rows.addAll(ProgramRows.all());
        return List.copyOf(rows);
    }

    /** For each word the row of that name, else the rows whose names hold it; all where there are no words. */
    static List<Row> named(List<String> words) {
        Set<String> names = all().stream().map(Row::name).collect(Collectors.toSet());
        return all().stream()
                .filter(row -> words.isEmpty()
                        || words.stream()
                                .anyMatch(word -> names.contains(word)
                                        ? row.name().equals(word)
                                        : row.name().contains(word)))
                .toList();
    }
}
